package dev.rollcall.bench.figures;

import java.util.List;
import java.util.stream.IntStream;

/// What two contestants that took turns showed, pair by pair. What the machine does for a while then hits both of a
/// pair, so the median of the ratios says more than the ratio of the medians.
///
/// @param ours one number a round
/// @param theirs the same rounds
public record Ratios(List<Double> ours, List<Double> theirs) {

    public Ratios {
        if (ours.size() != theirs.size() || ours.isEmpty()) {
            throw new IllegalArgumentException(
                    "pairs have two sides: %d of ours, %d of theirs".formatted(ours.size(), theirs.size()));
        }
        ours = List.copyOf(ours);
        theirs = List.copyOf(theirs);
    }

    /// Ours divided by theirs.
    public Sample each() {
        return Sample.of(IntStream.range(0, ours.size())
                .mapToObj(pair -> ours.get(pair) / theirs.get(pair))
                .toList());
    }
}
