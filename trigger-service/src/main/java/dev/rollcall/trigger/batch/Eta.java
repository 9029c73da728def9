package dev.rollcall.trigger.batch;

import java.time.Instant;

/// When something is final, if it goes on as of late: nine times in ten between earliest and latest.
public record Eta(Instant earliest, Instant expected, Instant latest) {

    /// When both are final.
    Eta and(Eta other) {
        return new Eta(later(earliest, other.earliest), later(expected, other.expected), later(latest, other.latest));
    }

    Eta notBefore(Instant bound) {
        return and(new Eta(bound, bound, bound));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
