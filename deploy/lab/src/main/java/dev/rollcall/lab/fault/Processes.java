package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.lab.proxy.Behaviour;
import dev.rollcall.lab.proxy.Direction;
import dev.rollcall.lab.proxy.TcpProxy;
import dev.rollcall.lab.witness.LedgerView;
import dev.rollcall.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Processes that die, freeze and leave.
final class Processes {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private Processes() {}

    /// C1
    static void killWorkers(Scene scene) {
        scene.latency("1000..8000");
        scene.work().mixture(50, 10);
        scene.awaitRunning(10);
        int kills = scene.thorough() ? 12 : 6;
        for (int n = 0; n < kills; n++) {
            var alive = workers(scene).stream()
                    .filter(scene.lab().system()::isAlive)
                    .toList();
            String victim = scene.oneOf(alive);
            scene.note("kill -9 " + victim);
            scene.nemesis().kill(victim);
            scene.nemesis().raise(victim);
            Await.rest(EVERY);
        }
        scene.heal();
    }

    /// C2. Before the commit: the transaction is held by a lock of ours. Before the publish: the way to Kafka is cut.
    /// Before the mark: the broker's answers do not come back.
    static void killTriggerAtEachStep(Scene scene) {
        scene.latency("200..500");
        beforeCommit(scene);
        beforeTheBrokerAnswers(scene, Set.of(Direction.UP, Direction.DOWN), "after the commit, before the publish");
        beforeTheBrokerAnswers(scene, Set.of(Direction.DOWN), "after the publish, before the mark");
        scene.heal();
    }

    private static void beforeCommit(Scene scene) {
        String trigger = scene.work().trigger(0);
        String key = "lab-" + Long.toHexString(scene.random().nextLong());
        CompletableFuture<Optional<String>> submitted;
        try (var gate = Gate.shut(scene.lab(), "batch")) {
            submitted = CompletableFuture.supplyAsync(
                    () -> scene.work().rows(trigger, "acme", "", 40, key, "openai"));
            scene.require("the batch is being written", BOUND, gate::holds);
            scene.note("kill -9 %s before the commit".formatted(trigger));
            scene.nemesis().kill(trigger);
        }
        submitted.join();
        // the caller asks again, and somebody else answers
        scene.work().rows(scene.work().trigger(1), "acme", "", 40, key, "openai").orElseThrow();
        scene.nemesis().raise(trigger);
        scene.lab().system().awaitReady(trigger);
    }

    private static void beforeTheBrokerAnswers(Scene scene, Set<Direction> ways, String when) {
        var triggers = scene.lab().names(Service.TRIGGER);
        List<TcpProxy> links =
                triggers.stream().map(scene.lab().ways().kafka()::get).toList();
        Instant from = Instant.now();
        links.forEach(way -> way.become(new Behaviour.Cut(ways)));
        String batch = scene.work().rows("bravo", 40, null, "mistral").orElseThrow();
        if (!ways.contains(Direction.UP)) {
            scene.require("hints are published", BOUND, () -> hinted(scene, Long.parseLong(batch)));
        }
        for (String trigger : triggers) {
            scene.note("kill -9 %s %s".formatted(trigger, when));
            scene.nemesis().kill(trigger);
        }
        scene.nemesis().mend(links, from);
        triggers.forEach(scene.nemesis()::raise);
        triggers.forEach(scene.lab().system()::awaitReady);
    }

    /// Whether a task of the batch was claimed: somebody has read its hint.
    private static boolean hinted(Scene scene, long batch) {
        return scene.witness().look(LedgerView::tasks).stream()
                .anyMatch(task -> task.batch() == batch && task.attempt() > 0);
    }

    /// C5
    static void rollWorkers(Scene scene) {
        scene.latency("500..1500");
        scene.work().mixture(80, 10);
        scene.awaitRunning(10);
        for (String worker : workers(scene)) {
            boolean went = scene.nemesis().term(worker);
            scene.note("SIGTERM %s: %s".formatted(worker, went ? "left by itself" : "had to be killed"));
            scene.nemesis().raise(worker);
            scene.lab().system().awaitReady(worker);
        }
        scene.heal();
    }

    /// C6
    static void freezeWorker(Scene scene) {
        scene.latency("1500..3000");
        scene.work().mixture(50, 10);
        scene.awaitRunning(20);
        String victim = scene.oneOf(workers(scene));
        Duration time = scene.lab().terms().lease().multipliedBy(3);
        scene.note("SIGSTOP %s for %d s".formatted(victim, time.toSeconds()));
        scene.nemesis().freeze(victim, time);
        scene.heal();
    }

    /// C7. Whoever runs the poisoned task is killed: from outside, that is a task that halts its JVM.
    static void poison(Scene scene) {
        scene.latency("300..600");
        String batch = scene.work()
                .rows(scene.work().trigger(0), "carol", "[[sim:latency=8000]]", 1, null, "gemini")
                .orElseThrow();
        scene.work().rows("acme", 50, null, Tenants.PROVIDERS.getFirst());
        scene.require("the poisoned task is given up", Duration.ofSeconds(120), () -> {
            runner(scene, Long.parseLong(batch)).ifPresent(worker -> {
                scene.note("the poisoned task kills " + worker);
                scene.nemesis().kill(worker);
                scene.nemesis().raise(worker);
            });
            return isFailed(scene, Long.parseLong(batch));
        });
        scene.heal();
    }

    private static Optional<String> runner(Scene scene, long batch) {
        return scene.witness().look(ledger -> ledger.runnerOf(batch)).filter(scene.lab().system()::isAlive);
    }

    private static boolean isFailed(Scene scene, long batch) {
        return scene.witness().look(LedgerView::tasks).stream()
                .filter(task -> task.batch() == batch)
                .allMatch(task -> task.state().equals("failed"));
    }

    static List<String> workers(Scene scene) {
        return scene.lab().names(Service.WORKER);
    }
}
