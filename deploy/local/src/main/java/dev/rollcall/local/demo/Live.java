package dev.rollcall.local.demo;

import dev.rollcall.local.client.OrganizationStatus;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.terminal.Screen;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Follows a run on the screen: a terminal's lines are drawn anew, anything else gets what changed every two seconds.
final class Live {

    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration PLAIN_STEP = Duration.ofSeconds(2);
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final TriggerApi trigger;
    private final Screen screen;
    private final String key;
    private final long begun = System.nanoTime();
    private final Map<String, Integer> shown = new HashMap<>();
    private long nextPlain = begun + PLAIN_STEP.toNanos();

    Live(TriggerApi trigger, Screen screen, String key) {
        this.trigger = trigger;
        this.screen = screen;
        this.key = key;
    }

    /// Returns the first look for which the condition holds.
    ///
    /// @throws DemoFailure if that takes minutes
    RunStatus until(Predicate<RunStatus> condition) throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (true) {
            RunStatus run = trigger.run(key);
            boolean there = condition.test(run);
            show(run, there);
            if (there) {
                return run;
            }
            if (System.nanoTime() > end) {
                throw new DemoFailure("%s stands still: %d of %d tasks remain after %d s."
                        .formatted(key, run.remaining(), run.total(), elapsed().toSeconds()));
            }
            Thread.sleep(STEP);
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void show(RunStatus run, boolean last) {
        if (screen.isTerminal()) {
            screen.redraw(Board.lines(run, run.organizationsOrNone(), elapsed()));
        } else if (last || System.nanoTime() >= nextPlain) {
            nextPlain = System.nanoTime() + PLAIN_STEP.toNanos();
            screen.say(Board.lines(run, changed(run), elapsed()));
        }
    }

    private List<OrganizationStatus> changed(RunStatus run) {
        return run.organizationsOrNone().stream()
                .filter(now -> {
                    Integer before = shown.put(now.id(), now.remaining());
                    return before == null ? now.remaining() < now.total() : before != now.remaining();
                })
                .toList();
    }
}
