package dev.rollcall.bench;

/// How much is measured.
///
/// @param name as the report says it
/// @param pairs how often the contestants take turns
/// @param scale what every number of tasks is multiplied by
public record Effort(String name, int pairs, double scale) {
    /// What the published figures need.
    public static final Effort FULL = new Effort("full", 5, 1);
    /// To see that it works, and roughly where things stand.
    public static final Effort QUICK = new Effort("quick", 2, 0.1);

    public Effort {
        if (pairs < 1 || scale <= 0 || scale > 1) {
            throw new IllegalArgumentException(
                    "rounds must be 1 or more and the scale above 0 and up to 1, not %d and %s"
                            .formatted(pairs, scale));
        }
    }

    /// A number of tasks at this effort, at least one.
    public int of(int full) {
        return Math.max(1, (int) Math.round(full * scale));
    }
}
