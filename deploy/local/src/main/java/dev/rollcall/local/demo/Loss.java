package dev.rollcall.local.demo;

import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.client.TriggerApi.HistoryEntry;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.local.terminal.Words;
import java.time.Duration;
import java.util.Optional;

/// A worker killed with SIGKILL, and the reconciler's word in the history that its tasks are due again.
final class Loss {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final int ENTRIES = 20;

    private final TriggerApi trigger;
    private final Screen screen;
    private final String worker;
    private final long killed = System.nanoTime();
    private final long lastBefore;
    private boolean healed;

    private Loss(TriggerApi trigger, Screen screen, String worker, long lastBefore) {
        this.trigger = trigger;
        this.screen = screen;
        this.worker = worker;
        this.lastBefore = lastBefore;
    }

    /// Kills the first worker.
    static Loss of(LocalSystem system, TriggerApi trigger, Screen screen) {
        long lastBefore = trigger.history("reconciler", 1).stream()
                .mapToLong(HistoryEntry::id)
                .findFirst()
                .orElse(0);
        String worker = system.workers().getFirst();
        long pid = system.pids().getOrDefault(worker, 0L);
        system.kill(worker);
        screen.say("");
        screen.say("  >> killed %s (process %d) with SIGKILL, in the middle of its calls".formatted(worker, pid));
        screen.say("");
        return new Loss(trigger, screen, worker, lastBefore);
    }

    /// Whether the reconciler has declared the worker dead. Says so the first time.
    boolean isHealed() {
        if (!healed) {
            takeover().ifPresent(entry -> {
                healed = true;
                int taken = entry.result().path("takenBack").asInt();
                screen.say("");
                screen.say("  >> the reconciler declared %s dead %s after its death; %s due again"
                        .formatted(
                                worker,
                                Words.seconds(Duration.ofNanos(System.nanoTime() - killed)),
                                taken == 1 ? "1 task is" : Words.count(taken) + " tasks are"));
                screen.say("");
            });
        }
        return healed;
    }

    /// @throws DemoFailure if the reconciler does not take notice
    void awaitHealed() throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!isHealed()) {
            if (System.nanoTime() > end) {
                throw new DemoFailure("The reconciler took no notice of %s's death within %d s."
                        .formatted(worker, BOUND.toSeconds()));
            }
            Thread.sleep(STEP);
        }
    }

    private Optional<HistoryEntry> takeover() {
        return trigger.history("reconciler", ENTRIES).stream()
                .filter(entry -> entry.id() > lastBefore)
                .filter(entry -> !entry.result().path("deadWorkers").isEmpty())
                .findFirst();
    }
}
