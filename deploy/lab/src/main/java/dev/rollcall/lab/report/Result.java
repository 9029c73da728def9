package dev.rollcall.lab.report;

import dev.rollcall.lab.check.ExtraCallsExplained;
import dev.rollcall.lab.check.Recovery;
import dev.rollcall.lab.check.Verdict;
import dev.rollcall.lab.fault.Fault;
import dev.rollcall.lab.witness.Ending;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Task;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a trial came to.
///
/// @param extra calls that were paid for and are no result
/// @param lost tasks that are not final
/// @param duplicates results beyond one a task
/// @param trouble why nothing was shown; null if something was
/// @param recovery see [Recovery]; null where nothing had to recover
public record Result(
        Fault fault,
        int tasks,
        int succeeded,
        int failed,
        int cancelled,
        int calls,
        int extra,
        int lost,
        int duplicates,
        @Nullable Duration recovery,
        Duration took,
        List<Verdict> verdicts,
        @Nullable String trouble) {

    public static Result of(Fault fault, Evidence evidence, List<Verdict> verdicts, Duration took) {
        List<Ending> results =
                evidence.endings().stream().filter(Ending::counts).toList();
        long distinct =
                results.stream().map(ending -> ending.claim().task()).distinct().count();
        return new Result(
                fault,
                evidence.tasks().size(),
                in(evidence, "succeeded"),
                in(evidence, "failed"),
                in(evidence, "cancelled"),
                evidence.calls().size(),
                ExtraCallsExplained.extra(evidence).size(),
                (int) evidence.tasks().stream().filter(task -> !task.isFinal()).count(),
                (int) (results.size() - distinct),
                Recovery.of(evidence).orElse(null),
                took,
                verdicts,
                null);
    }

    /// The fault could not be brought about, or nobody could look: nothing was shown, and that is no success.
    public static Result nothing(Fault fault, String trouble) {
        return new Result(fault, 0, 0, 0, 0, 0, 0, 0, 0, null, Duration.ZERO, List.of(), trouble);
    }

    private static int in(Evidence evidence, String state) {
        return (int)
                evidence.tasks().stream().map(Task::state).filter(state::equals).count();
    }

    public boolean holds() {
        return trouble == null && verdicts.stream().allMatch(Verdict::holds);
    }
}
