package dev.rollcall.local.check;

import dev.rollcall.local.client.Coverage;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.terminal.Words;
import java.util.ArrayList;
import java.util.List;

/// What the run's own totals and the postcheck's coverage say together. Both must agree that all is done: either alone
/// could be wrong.
public sealed interface Verdict {

    /// Everything that was planned succeeded.
    record AllDone(int tasks) implements Verdict {}

    /// Something did not, and what.
    record NotAllDone(List<String> why) implements Verdict {}

    static Verdict of(RunStatus run, Coverage coverage) {
        var why = new ArrayList<String>();
        if (run.completed() != run.total()) {
            why.add("%s of %s tasks completed; %s failed, %s cancelled, %s remaining."
                    .formatted(
                            Words.count(run.completed()),
                            Words.count(run.total()),
                            Words.count(run.failed()),
                            Words.count(run.cancelled()),
                            Words.count(run.remaining())));
        }
        var prompts = coverage.promptCoverage();
        if (prompts.missingPromptsCount() > 0 || prompts.promptsRunToday() < prompts.expectedActivePrompts()) {
            why.add("%s of %s prompts are covered (%s)."
                    .formatted(
                            Words.count(prompts.promptsRunToday()),
                            Words.count(prompts.expectedActivePrompts()),
                            Words.percent(prompts.coveragePercent())));
        }
        var organizations = coverage.orgCoverage();
        if (organizations.found() < organizations.expected()) {
            why.add("%s of %s organizations are covered."
                    .formatted(Words.count(organizations.found()), Words.count(organizations.expected())));
        }
        return why.isEmpty() ? new AllDone(run.total()) : new NotAllDone(List.copyOf(why));
    }
}
