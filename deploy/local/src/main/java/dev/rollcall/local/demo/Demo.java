package dev.rollcall.local.demo;

import dev.rollcall.local.check.CoverageLines;
import dev.rollcall.local.client.Coverage;
import dev.rollcall.local.client.PostcheckApi;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.client.SimulatorApi;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.local.terminal.Words;
import dev.rollcall.local.witness.Audit;
import dev.rollcall.local.witness.LedgerView;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/// The night with a worker killed half-way, its postcheck, a large night at full speed, and what the simulator's call
/// log says about all of it. The system runs already.
public final class Demo {

    private static final double HALF_WAY = 40;
    private static final String LIKE_A_PROVIDER = "150..350";
    private static final int LARGE = 1000;
    private static final int FULL_SPEED = 64;

    private final LocalSystem system;
    private final Screen screen;
    private final TriggerApi trigger;
    private final PostcheckApi postcheck;
    private final SimulatorApi simulator;
    private final DemoData data;

    public Demo(LocalSystem system, Screen screen) {
        this.system = system;
        this.screen = screen;
        this.trigger = new TriggerApi(system.api("trigger"));
        this.postcheck = new PostcheckApi(system.api("postcheck"));
        this.simulator = SimulatorApi.at(system.address("simulator"));
        this.data = DemoData.of(system.blueprint().home(), system.address("simulator"));
    }

    /// @throws DemoFailure if something that was promised does not hold
    public void run() throws InterruptedException {
        night();
        largeNight();
        audit();
    }

    private void night() throws InterruptedException {
        screen.say("");
        screen.say("The night: every prompt of every organization goes to every provider");
        importCsv("organizations", data.organizations());
        importCsv("prompts", data.prompts());
        importCsv("providers", data.providers(0));
        simulator.answerAfter(LIKE_A_PROVIDER);
        RunStatus opened = trigger.open(false).run();
        screen.say("  opened %s: %s of %s"
                .formatted(
                        opened.key(),
                        Words.counted(opened.total(), "task", "tasks"),
                        Words.counted(opened.organizationsOrNone().size(), "organization", "organizations")));
        screen.say("");
        var live = new Live(trigger, screen, opened.key());
        live.until(run -> run.percent() >= HALF_WAY);
        var loss = Loss.of(system, trigger, screen);
        live.until(run -> loss.isHealed() || run.isOver());
        loss.awaitHealed();
        RunStatus end = live.until(RunStatus::isOver);
        screen.say("");
        screen.say("  over after %s: %s succeeded, %s failed for good"
                .formatted(Words.seconds(live.elapsed()), Words.count(end.completed()), Words.count(end.failed())));
        judge(end);
    }

    private void judge(RunStatus run) {
        Coverage coverage = postcheck.judge(run.key());
        screen.say("");
        screen.say("The postcheck's verdict on " + run.key());
        screen.say(CoverageLines.of(coverage));
        int missing = coverage.promptCoverage().missingPromptsCount();
        if (missing != 1 || coverage.missing().size() != 1) {
            throw new DemoFailure("One prompt was made to fail, but %d are missing.".formatted(missing));
        }
    }

    private void largeNight() throws InterruptedException {
        screen.say("");
        screen.say("At full speed: one organization with %s prompts, providers that answer at once"
                .formatted(Words.count(LARGE)));
        String again = system.workers().getFirst();
        system.restart(again);
        screen.say("  %s is back, as a cluster would bring it back".formatted(again));
        importCsv("organizations", data.onlyLargeOrganization());
        importCsv("prompts", data.largePrompts(LARGE));
        importCsv("providers", data.providers(FULL_SPEED));
        simulator.answerAfter("0");
        RunStatus opened = trigger.open(true).run();
        screen.say("  opened %s: %s".formatted(opened.key(), Words.counted(opened.total(), "task", "tasks")));
        RunStatus end = new Live(trigger, screen, opened.key()).until(RunStatus::isOver);
        Duration took = took(trigger.run(end.key()));
        screen.say("  %s in %s: %s tasks per second, on this machine with everything on it"
                .formatted(
                        Words.counted(end.completed(), "task", "tasks"),
                        Words.seconds(took),
                        perSecond(end.completed(), took)));
        if (end.completed() != end.total()) {
            throw new DemoFailure("%d of %d tasks of %s did not succeed."
                    .formatted(end.total() - end.completed(), end.total(), end.key()));
        }
    }

    private void audit() {
        var audit = Audit.of(LedgerView.read(system.jdbcUrl()), simulator.calls());
        screen.say("");
        screen.say("The witness: the ledger beside the simulator's own call log, both nights together");
        line("tasks", audit.tasks(), "");
        line("answered", audit.answered(), "each with one answer that counts, and its nonce is the simulator's");
        line("failed for good", audit.failed(), "");
        line("calls", audit.calls(), "");
        line("errors answered", audit.unanswered(), "on purpose: each led to a retry or a failed task");
        line("extra calls", audit.extra(), "in flight when the worker was killed");
        line("lost", audit.lost(), "");
        line("duplicates", audit.duplicates(), "");
        if (!audit.holds()) {
            audit.objections().stream().limit(10).forEach(objection -> screen.say("  but " + objection));
            throw new DemoFailure("Not every task has exactly one answer that counts.");
        }
    }

    private void line(String what, int count, String remark) {
        screen.say(String.format(Locale.ROOT, "  %-16s %,7d  %s", what, count, remark)
                .stripTrailing());
    }

    private void importCsv(String what, byte[] csv) {
        var counts = trigger.put(what, csv);
        screen.say("  imported %s".formatted(Words.counted(counts.rows(), what.substring(0, what.length() - 1), what)));
    }

    private static Duration took(RunStatus run) {
        Instant closed = Objects.requireNonNullElseGet(run.closedAt(), Instant::now);
        return Duration.between(run.openedAt(), closed);
    }

    private static String perSecond(int tasks, Duration took) {
        return Words.count(Math.round(tasks * 1000.0 / Math.max(1, took.toMillis())));
    }
}
