package dev.rollcall.lab.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Recognizes answers that are to be lost, so many of them.
public final class Trap {

    /// Looks at the bytes of one connection, in their order.
    public interface Eye {
        /// Sees a piece.
        ///
        /// @return whether this piece is the answer that is to be lost
        boolean sees(Direction way, byte[] bytes, int length);
    }

    private final Supplier<Eye> eyes;
    private final AtomicInteger left;
    private final AtomicInteger sprung = new AtomicInteger();

    /// @param eyes one for each connection
    /// @param count how many answers are lost; then the trap is harmless
    public Trap(Supplier<Eye> eyes, int count) {
        this.eyes = eyes;
        this.left = new AtomicInteger(count);
    }

    Eye eye() {
        return eyes.get();
    }

    boolean springs(Eye eye, Direction way, byte[] bytes, int length) {
        if (!eye.sees(way, bytes, length) || left.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return false;
        }
        sprung.incrementAndGet();
        return true;
    }

    /// How many answers were lost.
    public int sprung() {
        return sprung.get();
    }
}
