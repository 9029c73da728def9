package dev.rollcall.trigger.intake;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Lets those with equal keys do something one after the other; those with different keys don't wait.
final class OneByOne<K> {
    private final ConcurrentHashMap<K, Line> lines = new ConcurrentHashMap<>();

    /// What is to be done alone.
    interface Work<T> {
        T run() throws InterruptedException;
    }

    <T> T alone(K key, Work<T> work) throws InterruptedException {
        Line line = lines.compute(key, (_, present) -> (present == null ? new Line() : present).joined(1));
        try {
            line.lock.lockInterruptibly();
            try {
                return work.run();
            } finally {
                line.lock.unlock();
            }
        } finally {
            lines.computeIfPresent(key, (_, present) -> present.joined(-1).length == 0 ? null : present);
        }
    }

    /// Changed only within the map's `compute`.
    private static final class Line {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int length;

        Line joined(int by) {
            length += by;
            return this;
        }
    }
}
