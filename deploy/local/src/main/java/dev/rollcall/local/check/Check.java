package dev.rollcall.local.check;

import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.client.PostcheckApi;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.connection.Patience;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.local.terminal.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Opens the night, watches it to its end, and verifies that all of it was done.
public final class Check {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final TriggerApi trigger;
    private final PostcheckApi postcheck;
    private final Screen screen;
    private final CheckOptions options;
    private final InstantSource clock;
    private final Patience patience;

    public Check(TriggerApi trigger, PostcheckApi postcheck, Screen screen, CheckOptions options, InstantSource clock) {
        this.trigger = trigger;
        this.postcheck = postcheck;
        this.screen = screen;
        this.options = options;
        this.clock = clock;
        this.patience = new Patience(screen, options.patience());
    }

    /// @return whether all is done; without monitoring, whether the run is open
    public boolean run() throws InterruptedException {
        try {
            RunStatus opened = open();
            if (!options.monitor()) {
                screen.say("Not watched, as asked. This says nothing about its end: run the check again to verify it.");
                return true;
            }
            RunStatus run = watch(opened.key());
            return run.isOver() && verify(run);
        } catch (ApiFailure.Refused e) {
            screen.say("Refused: " + e.getMessage()
                    + (e.status() == 401 ? "" : " (HTTP status %d)".formatted(e.status())));
        } catch (ApiFailure.Unreachable e) {
            screen.say("Given up: " + e.getMessage());
        }
        return false;
    }

    private RunStatus open() throws InterruptedException {
        var answer = patience.ask(() -> trigger.open(options.force()));
        RunStatus run = answer.run();
        screen.say("%s %s: %s, %s."
                .formatted(
                        answer.opened() ? "Opened" : "Already open,",
                        run.key(),
                        Words.counted(run.total(), "task", "tasks"),
                        Words.counted(run.organizationsOrNone().size(), "organization", "organizations")));
        return run;
    }

    /// Returns the run as it was seen last: over, or not when the time was.
    private RunStatus watch(String key) throws InterruptedException {
        var lines = new ProgressLines();
        Instant end = clock.instant().plus(options.timeout());
        while (true) {
            RunStatus run = patience.ask(() -> trigger.run(key));
            Instant now = clock.instant();
            screen.say(CLOCK.format(now));
            screen.say(lines.next(run, now));
            if (run.isOver()) {
                return run;
            }
            if (!now.isBefore(end)) {
                screen.say("Not done after %d min: %s of %s tasks remain. The run goes on without this check."
                        .formatted(
                                options.timeout().toMinutes(), Words.count(run.remaining()), Words.count(run.total())));
                return run;
            }
            Thread.sleep(options.interval());
        }
    }

    private boolean verify(RunStatus run) throws InterruptedException {
        var coverage = patience.ask(() -> postcheck.judge(run.key()));
        screen.say("Postcheck of " + run.key());
        screen.say(CoverageLines.of(coverage));
        return switch (Verdict.of(run, coverage)) {
            case Verdict.AllDone(int tasks) -> {
                screen.say("All done: %s.".formatted(Words.counted(tasks, "task", "tasks")));
                yield true;
            }
            case Verdict.NotAllDone(var why) -> {
                screen.say("Not all done:");
                why.forEach(reason -> screen.say("  " + reason));
                yield false;
            }
        };
    }
}
