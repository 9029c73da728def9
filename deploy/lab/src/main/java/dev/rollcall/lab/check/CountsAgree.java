package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Batch;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// I7
final class CountsAgree implements Invariant {

    private static final List<String> KEPT = List.of("running", "succeeded", "failed", "cancelled");
    private static final List<String> ALL = List.of("pending", "running", "succeeded", "failed", "cancelled");

    @Override
    public String id() {
        return "I7";
    }

    @Override
    public String sentence() {
        return "a batch's counts are those of its rows by state, and it is final only when all its rows are";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.batches().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Stream<String> tooEarly = evidence.closings().stream()
                .filter(closing -> closing.unfinished() > 0)
                .map(closing -> "batch %d became final at %s, when %d of its tasks were not"
                        .formatted(closing.batch(), closing.at(), closing.unfinished()));
        return Stream.concat(evidence.batches().stream().flatMap(CountsAgree::of), tooEarly);
    }

    private static Stream<String> of(Batch batch) {
        boolean allFinal = batch.rows().keySet().stream().allMatch(Task.FINAL::contains);
        Stream<String> closed = batch.closed() == allFinal
                ? Stream.empty()
                : Stream.of("batch %d is %s, and its rows are %s"
                        .formatted(batch.id(), batch.closed() ? "final" : "not final", batch.rows()));
        return Stream.concat(
                closed,
                Stream.concat(
                        differences(batch, KEPT, batch.tallies(), "the ledger's counts say"),
                        batch.told().isEmpty()
                                ? Stream.empty()
                                : differences(batch, ALL, batch.told(), "the service tells")));
    }

    private static Stream<String> differences(Batch batch, List<String> states, Map<String, Long> counts, String who) {
        return states.stream()
                .filter(state -> !Objects.equals(batch.rows().getOrDefault(state, 0L), counts.getOrDefault(state, 0L)))
                .map(state -> "batch %d of %s: %d rows are %s, %s %d"
                        .formatted(
                                batch.id(),
                                batch.organization(),
                                batch.rows().getOrDefault(state, 0L),
                                state,
                                who,
                                counts.getOrDefault(state, 0L)));
    }
}
