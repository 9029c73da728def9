package dev.rollcall.bench.figures;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/// Numbers that were measured, in order of size.
public record Sample(double[] sorted) {

    public Sample {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("an empty sample has no median");
        }
        sorted = sorted.clone();
        Arrays.sort(sorted);
    }

    public static Sample of(Collection<? extends Number> numbers) {
        return new Sample(numbers.stream().mapToDouble(Number::doubleValue).toArray());
    }

    /// One figure of each of these.
    public static <T> Sample of(Collection<T> things, ToDoubleFunction<T> figure) {
        return new Sample(things.stream().mapToDouble(figure).toArray());
    }

    /// With an even count, the mean of the two in the middle.
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// The smallest number that at least this share of the sample does not exceed (nearest rank).
    ///
    /// @param share between 0 and 1
    public double quantile(double share) {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("a share is between 0 and 1, not " + share);
        }
        return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }

    public double least() {
        return sorted[0];
    }

    public double most() {
        return sorted[sorted.length - 1];
    }

    @Override
    public double[] sorted() {
        return sorted.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sample sample && Arrays.equals(sorted, sample.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
