package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Batch;
import dev.rollcall.lab.witness.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// I7
final class CountsAgree implements Invariant {

    private static final List<String> FINAL = List.of("succeeded", "failed", "cancelled");

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
        return evidence.batches().stream().flatMap(CountsAgree::of);
    }

    private static Stream<String> of(Batch batch) {
        boolean allFinal = batch.rows().keySet().stream().allMatch(FINAL::contains);
        Stream<String> closed = batch.closed() == allFinal
                ? Stream.empty()
                : Stream.of("batch %d is %s, and its rows are %s"
                        .formatted(batch.id(), batch.closed() ? "final" : "not final", batch.rows()));
        return Stream.concat(
                closed,
                Stream.concat(
                        differences(batch, batch.tallies(), "the ledger's counts say"),
                        batch.told().isEmpty()
                                ? Stream.empty()
                                : differences(batch, batch.told(), "the service tells")));
    }

    private static Stream<String> differences(Batch batch, Map<String, Long> counts, String who) {
        return Stream.of("running", "succeeded", "failed", "cancelled")
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
