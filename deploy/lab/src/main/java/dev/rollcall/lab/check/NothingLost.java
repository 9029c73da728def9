package dev.rollcall.lab.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.rollcall.lab.witness.Batch;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.lab.witness.Journal.Verdict;
import dev.rollcall.lab.witness.Run;
import dev.rollcall.lab.witness.Task;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// I1
final class NothingLost implements Invariant {

    private static final String OPENED = "201";

    @Override
    public String id() {
        return "I1";
    }

    @Override
    public String sentence() {
        return "every task of every accepted run, batch or job is there and ends in a final state";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.tasks().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        return Stream.of(unfinished(evidence), missingRuns(evidence), missingBatches(evidence), missingJobs(evidence))
                .flatMap(all -> all);
    }

    private static Stream<String> unfinished(Evidence evidence) {
        return evidence.tasks().stream()
                .filter(task -> !task.isFinal())
                .map(task -> "task %d of %s on %s is still %s after %d attempts"
                        .formatted(task.id(), task.organization(), task.provider(), task.state(), task.attempt()));
    }

    /// Of those that were opened by the call: another one may have been opened before the trial.
    private static Stream<String> missingRuns(Evidence evidence) {
        Map<Long, Long> runs =
                evidence.batches().stream().filter(batch -> batch.run() != null).collect(toMap(Batch::id, Batch::run));
        Map<Long, Long> sizes = evidence.tasks().stream()
                .filter(task -> runs.containsKey(task.batch()))
                .collect(groupingBy(task -> runs.get(task.batch()), counting()));
        Map<String, Long> tasks =
                evidence.runs().stream().collect(toMap(Run::key, run -> sizes.getOrDefault(run.id(), 0L), Math::max));
        return accepted(evidence, "run.open")
                .filter(entry -> entry.word(0).equals(OPENED))
                .flatMap(entry -> missing("run", entry.word(1), entry.word(2), tasks));
    }

    /// A batch of rows never grows, so what was accepted is what must be there.
    private static Stream<String> missingBatches(Evidence evidence) {
        Map<String, Long> tasks =
                evidence.tasks().stream().collect(groupingBy(task -> Long.toString(task.batch()), counting()));
        return accepted(evidence, "batch.submit")
                .flatMap(entry -> missing("batch", entry.word(0), entry.word(1), tasks))
                .distinct();
    }

    private static Stream<String> missing(String what, String id, String accepted, Map<String, Long> tasks) {
        Long there = tasks.get(id);
        if (there == null) {
            return Stream.of("%s %s was accepted and is not there".formatted(what, id));
        }
        return there == Long.parseLong(accepted)
                ? Stream.empty()
                : Stream.of("%s %s was accepted with %s tasks and has %d".formatted(what, id, accepted, there));
    }

    private static Stream<String> missingJobs(Evidence evidence) {
        Set<String> tasks = evidence.tasks().stream()
                .map(Task::id)
                .map(id -> Long.toString(id))
                .collect(toSet());
        return accepted(evidence, "job.submit")
                .map(Entry::answer)
                .distinct()
                .filter(id -> !tasks.contains(id))
                .map("job %s was accepted and is not there"::formatted);
    }

    private static Stream<Entry> accepted(Evidence evidence, String what) {
        return evidence.journal().stream().filter(entry -> entry.what().equals(what) && entry.verdict() == Verdict.OK);
    }
}
