package dev.rollcall.trigger.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Serves together what is brought at one time: whoever finds a desk free serves all who have come to it, the others
/// wait until they are served. Without a thread or a timer of its own.
///
/// @param <T> what is brought
final class Desks<T> {
    private static final int DESKS = 32;
    private static final int MOST_AT_ONCE = 500;

    private final List<Desk<T>> desks =
            Stream.generate(() -> new Desk<T>()).limit(DESKS).toList();
    private final Consumer<Collection<T>> service;

    /// @param service serves all of these, and does not throw
    Desks(Consumer<Collection<T>> service) {
        this.service = service;
    }

    /// Returns when it has been served.
    ///
    /// @param whose what is the same person's is served at one desk
    void bring(String whose, T thing) {
        Desk<T> desk = desks.get(Math.floorMod(whose.hashCode(), DESKS));
        desk.waiting.add(thing);
        desk.turn.lock();
        try {
            while (desk.waiting.contains(thing)) {
                service.accept(desk.next());
            }
        } finally {
            desk.turn.unlock();
        }
    }

    private static final class Desk<T> {
        private final ReentrantLock turn = new ReentrantLock();
        private final Queue<T> waiting = new ConcurrentLinkedQueue<>();

        private List<T> next() {
            List<T> next = new ArrayList<>();
            for (T thing = waiting.poll(); thing != null; thing = next.size() < MOST_AT_ONCE ? waiting.poll() : null) {
                next.add(thing);
            }
            return next;
        }
    }
}
