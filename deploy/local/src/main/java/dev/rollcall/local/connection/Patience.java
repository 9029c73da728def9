package dev.rollcall.local.check;

import dev.rollcall.local.client.ApiFailure.Unreachable;
import dev.rollcall.local.terminal.Screen;
import java.time.Duration;
import java.util.function.Supplier;

/// Asks again while a service is out of reach, for a bounded time, and says so once.
final class Patience {

    private static final Duration STEP = Duration.ofSeconds(1);

    private final Screen screen;
    private final Duration bound;

    Patience(Screen screen, Duration bound) {
        this.screen = screen;
        this.bound = bound;
    }

    /// @throws Unreachable when the time is over
    <T> T ask(Supplier<T> question) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        boolean said = false;
        while (true) {
            try {
                return question.get();
            } catch (Unreachable e) {
                if (System.nanoTime() >= end) {
                    throw e;
                }
                if (!said) {
                    screen.say("%s; asking again for %d s.".formatted(e.getMessage(), bound.toSeconds()));
                    said = true;
                }
                Thread.sleep(STEP);
            }
        }
    }
}
