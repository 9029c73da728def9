package dev.rollcall.lab.fault;

import dev.rollcall.lab.nemesis.Strike.Kind;
import dev.rollcall.lab.proxy.Answers;
import dev.rollcall.lab.proxy.Behaviour;
import dev.rollcall.lab.proxy.TcpProxy;
import dev.rollcall.lab.proxy.Trap;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Ways that lose what they carry.
final class Networks {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int EACH = 5;

    private Networks() {}

    /// N3
    static void lostAnswers(Scene scene) {
        scene.latency("300..700");
        scene.work().mixture(100, 10);
        scene.awaitRunning(10);
        var ways = scene.lab().ways();
        lose(scene, "COMMIT", Answers.ofCommit(EACH), ways.postgres().values());
        lose(scene, "statement of a worker", Answers.ofStatement("update task", EACH), workers(scene));
        lose(scene, "produce", Answers.ofProduce(EACH), ways.kafka().values());
        lose(scene, "provider", Answers.ofProvider(EACH), List.of(ways.provider()));
        scene.heal();
    }

    private static List<TcpProxy> workers(Scene scene) {
        return Processes.workers(scene).stream()
                .map(scene.lab().ways().postgres()::get)
                .toList();
    }

    private static void lose(Scene scene, String what, Trap trap, Collection<TcpProxy> links) {
        Instant from = Instant.now();
        if (scene.over() > scene.witness().look(dev.rollcall.lab.witness.LedgerView::count) - 50) {
            scene.work().mixture(40, 5); // there must be something to lose
        }
        links.forEach(way -> way.become(new Behaviour.Trapped(trap)));
        scene.require("%d answers of a %s were lost".formatted(EACH, what), BOUND, () -> trap.sprung() >= EACH);
        links.forEach(way -> way.become(Behaviour.CALM));
        links.forEach(way -> scene.nemesis().note(Kind.LOST_ANSWER, way.name(), from));
        scene.note("%d answers of a %s lost".formatted(trap.sprung(), what));
    }
}
