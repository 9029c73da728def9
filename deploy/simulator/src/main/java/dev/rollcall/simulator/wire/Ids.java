package dev.rollcall.simulator.wire;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Ids of answers: unlike a nonce they need not be unguessable, only distinct, and so cost next to nothing.
final class Ids {

    private static final AtomicLong LAST = new AtomicLong(UUID.randomUUID().getMostSignificantBits());

    private Ids() {}

    static String next() {
        return Long.toHexString(LAST.incrementAndGet());
    }
}
