package dev.rollcall.lab.proxy;

import java.time.Duration;
import java.util.Set;

/// How a proxy treats what passes through it, until it is told otherwise.
public sealed interface Behaviour {

    /// As if it were not there.
    Behaviour CALM = new Calm();

    /// Nothing gets through, either way.
    Behaviour CUT = new Cut(Set.of(Direction.values()));

    record Calm() implements Behaviour {}

    /// Everything takes so much longer, each way.
    record Slow(Duration delay) implements Behaviour {}

    /// So many bytes a second, each way of each connection.
    record Throttled(int bytesPerSecond) implements Behaviour {}

    /// A cable that is out: what is sent waits, as TCP's own retransmissions would, and arrives when it is in again.
    record Cut(Set<Direction> ways) implements Behaviour {
        public Cut {
            ways = Set.copyOf(ways);
        }
    }

    /// Every connection is reset at once.
    record Resetting() implements Behaviour {}

    /// Some answers never arrive: what the trap recognizes is swallowed, and its connection reset.
    record Trapped(Trap trap) implements Behaviour {}
}
