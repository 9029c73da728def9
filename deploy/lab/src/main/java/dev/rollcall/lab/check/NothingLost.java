package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.lab.witness.Journal.Verdict;
import dev.rollcall.lab.witness.Task;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I1
final class NothingLost implements Invariant {

    @Override
    public String id() {
        return "I1";
    }

    @Override
    public String sentence() {
        return "every task of every accepted run, batch or job ends in a final state";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.tasks().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        return Stream.concat(unfinished(evidence), Stream.concat(missingBatches(evidence), missingJobs(evidence)));
    }

    private static Stream<String> unfinished(Evidence evidence) {
        return evidence.tasks().stream()
                .filter(task -> !task.isFinal())
                .map(task -> "task %d of %s on %s is still %s after %d attempts"
                        .formatted(task.id(), task.organization(), task.provider(), task.state(), task.attempt()));
    }

    private static Stream<String> missingBatches(Evidence evidence) {
        Set<String> batches = evidence.tasks().stream()
                .map(task -> Long.toString(task.batch()))
                .collect(Collectors.toSet());
        return accepted(evidence, "batch.submit")
                .filter(id -> !batches.contains(id))
                .map("batch %s was accepted and is not there"::formatted);
    }

    private static Stream<String> missingJobs(Evidence evidence) {
        Set<String> tasks = evidence.tasks().stream()
                .map(Task::id)
                .map(id -> Long.toString(id))
                .collect(Collectors.toSet());
        return accepted(evidence, "job.submit")
                .filter(id -> !tasks.contains(id))
                .map("job %s was accepted and is not there"::formatted);
    }

    private static Stream<String> accepted(Evidence evidence, String what) {
        return evidence.journal().stream()
                .filter(entry -> entry.what().equals(what) && entry.verdict() == Verdict.OK)
                .map(Entry::answer)
                .distinct();
    }
}
