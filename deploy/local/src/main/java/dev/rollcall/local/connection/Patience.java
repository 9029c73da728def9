package dev.rollcall.local.connection;

import dev.rollcall.local.client.ApiFailure.Unreachable;
import dev.rollcall.local.terminal.Screen;
import java.time.Duration;
import java.util.function.Supplier;

/// Asks again while a service is out of reach, for a bounded time, and says so once.
public final class Patience {

    /// How long people wait for a service that is out of reach.
    public static final Duration USUAL = Duration.ofSeconds(30);

    private static final Duration STEP = Duration.ofSeconds(1);

    private final Screen screen;
    private final Duration bound;

    public Patience(Screen screen, Duration bound) {
        this.screen = screen;
        this.bound = bound;
    }

    /// @throws Unreachable when the time is over
    public <T> T ask(Supplier<T> question) throws InterruptedException {
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
