package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.nemesis.Strike.Kind;
import dev.rollcall.lab.proxy.Answers;
import dev.rollcall.lab.proxy.Behaviour;
import dev.rollcall.lab.proxy.Direction;
import dev.rollcall.lab.proxy.TcpProxy;
import dev.rollcall.lab.proxy.Trap;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Ways that lose what they carry.
final class Networks {

    private static final int RESETS = 80;
    private static final int PROVIDERS_TURN = 20;
    /// Seconds. The first is shorter than a lease: it costs nothing.
    private static final List<Integer> CUTS = List.of(2, 5, 45, 120);
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int EACH = 5;
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final int BYTES_PER_SECOND = 50_000;

    private Networks() {}

    /// N3
    static void lostAnswers(Scene scene) {
        scene.latency("300..700");
        scene.work().mixture(25, 5);
        scene.awaitRunning(10);
        var ways = scene.lab().ways();
        lose(scene, "COMMIT", Answers.ofCommit(EACH), ways.postgres().values());
        lose(scene, "statement of a worker", Answers.ofStatement("update task", EACH), workers(scene));
        lose(scene, "produce", Answers.ofProduce(EACH), ways.toKafka().toList());
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
        scene.replenish();
        links.forEach(way -> way.become(new Behaviour.Trapped(trap)));
        scene.require("%d answers of a %s were lost".formatted(EACH, what), BOUND, () -> trap.sprung() >= EACH);
        links.forEach(way -> way.become(Behaviour.CALM));
        links.forEach(way -> scene.nemesis().note(Kind.LOST_ANSWER, way.name(), from));
        scene.note("%d answers of a %s lost".formatted(trap.sprung(), what));
    }

    /// N1
    static void cutOff(Scene scene) {
        scene.latency("500..1000");
        var ways = scene.lab().ways();
        for (int seconds : scene.thorough() ? CUTS : List.of(10)) {
            for (Set<Direction> directions :
                    List.of(Set.of(Direction.UP, Direction.DOWN), Set.of(Direction.UP), Set.of(Direction.DOWN))) {
                String victim = scene.oneOf(Processes.workers(scene));
                for (List<TcpProxy> links : List.of(
                        Objects.requireNonNull(ways.kafka().get(victim)),
                        List.of(Objects.requireNonNull(ways.postgres().get(victim))),
                        List.of(ways.provider()))) {
                    scene.work().mixture(10, 5);
                    scene.awaitRunning(5);
                    scene.note("%s cut %s for %d s".formatted(links.getFirst().name(), directions, seconds));
                    scene.nemesis().cut(links, directions, Duration.ofSeconds(seconds));
                }
            }
        }
        scene.heal();
    }

    /// N2
    static void resets(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(60, 10);
        impede(scene, "slow", new Behaviour.Slow(DELAY));
        impede(scene, "narrow", new Behaviour.Throttled(BYTES_PER_SECOND));
        scene.work().mixture(60, 10); // there must be something to reset
        scene.awaitRunning(10);
        var all = scene.lab().ways().all().toList();
        for (int n = 0; n < RESETS; n++) {
            // one of very many, which carries all calls: it must not depend on chance
            var way = n % PROVIDERS_TURN == 0 ? scene.lab().ways().provider() : scene.oneOf(all);
            Instant from = Instant.now();
            way.reset();
            scene.nemesis().note(Kind.LOST_ANSWER, way.name(), from);
            Await.rest(Duration.ofMillis(250));
        }
        scene.note("%d times a way was reset".formatted(RESETS));
        scene.heal();
    }

    /// All ways are worse than they were for some seconds. That is no strike: it excuses no call.
    private static void impede(Scene scene, String how, Behaviour behaviour) {
        int seconds = scene.thorough() ? 20 : 5;
        scene.note("all ways are %s for %d s".formatted(how, seconds));
        var all = scene.lab().ways().all().toList();
        all.forEach(way -> way.become(behaviour));
        Await.rest(Duration.ofSeconds(seconds));
        all.forEach(way -> way.become(Behaviour.CALM));
    }
}
