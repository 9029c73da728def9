package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.Terms;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.lab.proxy.Answers;
import dev.rollcall.lab.proxy.Behaviour;
import dev.rollcall.lab.proxy.TcpProxy;
import dev.rollcall.lab.witness.Ending;
import dev.rollcall.lab.witness.LedgerView;
import dev.rollcall.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

/// Processes that die, freeze and leave.
final class Processes {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration BOUND = Duration.ofMinutes(2);
    /// What a worker may need beyond its drain.
    private static final Duration LEAVING = Duration.ofSeconds(5);
    private static final Duration ON_THE_WIRE = Duration.ofMillis(300);
    private static final int LONG_ROWS = 5;
    private static final int INNOCENT = 50;

    private Processes() {}

    /// C1
    static void killWorkers(Scene scene) {
        scene.latency(scene.thorough() ? "1000..8000" : "1000..3000");
        if (scene.thorough()) {
            scene.work().mixture(29, 11); // 501 tasks
        } else {
            scene.work().mixture(25, 10);
        }
        scene.awaitRunning(10);
        int kills = scene.thorough() ? 12 : 5;
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

    /// C2. Before the commit: the transaction is held by a lock of ours. Before the publish: the way to
    /// Kafka is cut. Before the mark: the broker's answers to what is published are lost.
    static void killTriggerAtEachStep(Scene scene) {
        scene.latency("200..500");
        beforeCommit(scene);
        afterCommit(scene, Behaviour.CUT, "after the commit, before the publish", batch -> true);
        afterCommit(
                scene,
                new Behaviour.Trapped(Answers.ofProduce(Integer.MAX_VALUE)),
                "after the publish, before the mark",
                batch -> hinted(scene, batch));
        scene.heal();
    }

    private static void beforeCommit(Scene scene) {
        String trigger = scene.work().trigger(0);
        String key = "lab-" + Long.toHexString(scene.random().nextLong());
        CompletableFuture<Optional<String>> submitted;
        try (var gate = Gate.shut(scene.lab(), "batch")) {
            submitted = CompletableFuture.supplyAsync(() -> scene.work().rows(trigger, "acme", "", 40, key, "openai"));
            scene.require("the batch is being written", BOUND, gate::holds);
            scene.note("kill -9 %s before the commit".formatted(trigger));
            scene.nemesis().kill(trigger);
        }
        submitted.join();
        // the caller asks again, and somebody else answers
        scene.accepted(scene.work().rows(scene.work().trigger(1), "acme", "", 40, key, "openai"));
        scene.nemesis().raise(trigger);
        scene.lab().system().awaitReady(trigger);
    }

    private static void afterCommit(Scene scene, Behaviour harm, String when, LongPredicate there) {
        var triggers = scene.lab().names(Service.TRIGGER);
        List<TcpProxy> links = triggers.stream()
                .flatMap(name ->
                        Objects.requireNonNull(scene.lab().ways().kafka().get(name)).stream())
                .toList();
        // whoever dispatches has found the broker
        String first = scene.accepted(scene.work().rows("bravo", 5, null, "mistral"));
        scene.require("hints are on their way", BOUND, () -> scene.isClosed(first));
        Instant from = Instant.now();
        links.forEach(way -> way.become(harm));
        // nobody waits there, so whoever dispatches hints at the job as soon as he has taken it in
        triggers.forEach(trigger -> scene.accepted(scene.work().job(trigger, "acme", "openai", "a job " + when)));
        long batch = Long.parseLong(scene.accepted(scene.work().rows("bravo", 40, null, "mistral")));
        scene.require("it is the moment " + when, BOUND, () -> there.test(batch));
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

    /// C5. The first one leaves under full load, whose calls end in time; the others hand back calls that take longer
    /// than they may wait, while there are places for them.
    static void rollWorkers(Scene scene) {
        scene.latency("500..1500");
        scene.work().mixture(25, 5);
        scene.awaitRunning(10);
        String first = workers(scene).getFirst();
        roll(scene, first);
        for (String worker : workers(scene)) {
            if (!worker.equals(first)) {
                scene.awaitAllOver(BOUND);
                scene.accepted(scene.work()
                        .rows(
                                scene.work().trigger(0),
                                "acme",
                                "[[sim:latency=%d]]".formatted(scene.random().nextInt(5000, 6000)),
                                LONG_ROWS,
                                null,
                                Tenants.PROVIDERS.toArray(String[]::new)));
                scene.awaitRunning(LONG_ROWS * Tenants.PROVIDERS.size());
                roll(scene, worker);
            }
        }
        long handedBack = handedBack(scene);
        scene.note("%d calls were handed back".formatted(handedBack));
        if (handedBack == 0) {
            throw new LabFailure("no worker had to hand back a call as it left");
        }
        scene.heal();
    }

    private static void roll(Scene scene, String worker) {
        long from = System.nanoTime();
        boolean went = scene.nemesis().term(worker);
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        scene.note("SIGTERM %s: %s after %d ms"
                .formatted(worker, went ? "left by itself" : "had to be killed", took.toMillis()));
        if (!went || took.compareTo(Terms.DRAIN.plus(LEAVING)) > 0) {
            throw new LabFailure("%s does not leave in time".formatted(worker));
        }
        scene.nemesis().raise(worker);
        scene.lab().system().awaitReady(worker);
    }

    /// Calls that a worker gave up when its drain was over.
    private static long handedBack(Scene scene) {
        return scene.witness().look(LedgerView::endings).stream()
                .filter(ending -> "interrupted".equals(ending.reason()))
                .filter(ending ->
                        Duration.between(ending.claimedAt(), ending.endedAt()).compareTo(Terms.DRAIN) >= 0)
                .count();
    }

    /// C6
    static void freezeWorker(Scene scene) {
        scene.latency("1000..2000");
        scene.work().mixture(15, 5);
        String victim = scene.oneOf(workers(scene));
        // the first calls of a worker that has just been started take their time
        scene.require("%s has calls on the wire".formatted(victim), BOUND, () -> scene.witness()
                .look(ledger -> ledger.answeredBy(victim) > 0 && ledger.heldBy(victim, ON_THE_WIRE) >= 2));
        Duration time = scene.lab().terms().lease().multipliedBy(3);
        scene.note("SIGSTOP %s for %d s".formatted(victim, time.toSeconds()));
        scene.nemesis().freeze(victim, time);
        scene.require("what it says too late is kept", BOUND, () -> scene.witness().look(LedgerView::endings).stream()
                .anyMatch(Ending::late));
        scene.heal();
    }

    /// C7. Whoever runs the poisoned task is killed: from outside, that is a task that halts its JVM.
    static void poison(Scene scene) {
        scene.latency("300..600");
        long batch = Long.parseLong(scene.accepted(
                scene.work().rows(scene.work().trigger(0), "carol", "[[sim:latency=8000]]", 1, null, "gemini")));
        scene.accepted(scene.work().rows("acme", INNOCENT, null, Tenants.PROVIDERS.getFirst()));
        var killed = new HashSet<Long>();
        scene.require("the poisoned task is given up", Duration.ofMinutes(2), () -> {
            scene.witness()
                    .look(ledger -> ledger.runnerOf(batch))
                    .filter(worker -> killed.add(worker.id()))
                    .ifPresent(worker -> {
                        scene.note("the poisoned task kills " + worker.name());
                        scene.nemesis().kill(worker.name());
                        scene.nemesis().raise(worker.name());
                    });
            return isGivenUp(scene, batch);
        });
        scene.heal();
        scene.awaitFinal(1 + INNOCENT);
        scene.note("%d innocent tasks were given up with it".formatted(innocent(scene, batch)));
    }

    /// Tasks that shared a worker with the poisoned one at each of its attempts, and were given up with it.
    private static long innocent(Scene scene, long batch) {
        return scene.witness().look(LedgerView::tasks).stream()
                .filter(task -> task.batch() != batch && "worker_died".equals(task.reason()))
                .count();
    }

    private static boolean isGivenUp(Scene scene, long batch) {
        return scene.witness().look(LedgerView::tasks).stream()
                .filter(task -> task.batch() == batch)
                .allMatch(task -> task.state().equals("failed") && "worker_died".equals(task.reason()));
    }

    static List<String> workers(Scene scene) {
        return scene.lab().names(Service.WORKER);
    }

    /// C3. There is something that each of them has in hand: a dead worker's work, and a repair.
    static void killJudges(Scene scene) {
        scene.latency("600..1200");
        scene.mode("mistral", "{\"status\":403}");
        String run = scene.accepted(scene.work().night());
        scene.work().mixture(25, 5);
        scene.require("tasks have failed", BOUND, () -> scene.in("failed") > 10);
        scene.mode("mistral", "{\"latency\":\"600..1200\"}");
        long repairs = scene.witness().look(LedgerView::repairs);
        var repair = CompletableFuture.supplyAsync(() -> Orders.repair(scene, run));
        scene.require("a repair is under way", BOUND, () -> scene.witness().look(LedgerView::repairs) > repairs);
        scene.awaitRunning(10);
        var judges = new ArrayList<>(scene.lab().names(Service.RECONCILER));
        judges.addAll(scene.lab().names(Service.POSTCHECK));
        String worker = scene.oneOf(workers(scene));
        scene.note("kill -9 %s and %s".formatted(judges, worker));
        judges.forEach(scene.nemesis()::kill);
        scene.nemesis().kill(worker);
        Await.rest(scene.lab().terms().lease().multipliedBy(2)); // the dead worker's lease runs out, and nobody looks
        judges.forEach(scene.nemesis()::raise);
        scene.note("the repair that was under way: %s".formatted(repair.join().isPresent() ? "answered" : "no answer"));
        scene.heal();
    }

    /// C4
    static void killEverything(Scene scene) {
        scene.latency("600..1200");
        scene.work().mixture(25, 5);
        scene.awaitRunning(10);
        var names = new ArrayList<>(scene.lab().ways().postgres().keySet());
        Chance.shuffle(names, scene.random());
        scene.note("kill -9 everything, start in the order " + names);
        names.forEach(scene.nemesis()::kill);
        Instant from = scene.nemesis().killServers();
        names.stream().limit(names.size() / 2).forEach(scene.nemesis()::raise);
        scene.nemesis().raiseServers(from);
        names.forEach(scene.nemesis()::raise);
        scene.nemesis().awaitAll();
        scene.heal();
    }
}
