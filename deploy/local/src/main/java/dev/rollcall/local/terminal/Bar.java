package dev.rollcall.local.terminal;

/// How much of something is done, as a row of characters.
public final class Bar {

    private Bar() {}

    /// Full only at 100 percent.
    public static String of(double percent, int width) {
        int full = (int) (Math.clamp(percent, 0, 100) * width / 100);
        return "#".repeat(full) + ".".repeat(width - full);
    }
}
