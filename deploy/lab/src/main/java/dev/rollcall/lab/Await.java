package dev.rollcall.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Looks again and again for something that is not told by itself, for a bounded time.
public final class Await {

    private static final Duration STEP = Duration.ofMillis(50);

    private Await() {}

    /// Looks until it is so.
    ///
    /// @return whether it came true
    public static boolean within(Duration bound, BooleanSupplier condition) {
        return within(bound, STEP, condition);
    }

    public static boolean within(Duration bound, Duration step, BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            rest(step);
        }
        return true;
    }

    /// Lets time pass, where time itself is the matter: a fault that lasts so long.
    public static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("interrupted", e);
        }
    }
}
