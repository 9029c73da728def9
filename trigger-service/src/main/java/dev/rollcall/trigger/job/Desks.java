package dev.rollcall.trigger.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Serves together what is brought at one time: whoever finds a desk free serves those who have come
/// to it, and calls the first of those who came meanwhile to do the same. Everybody waits for nothing
/// but to be served or called. Without a thread or a timer of its own.
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
        if (desk.queue(thing).join() == Call.SERVE) {
            List<Guest<T>> guests = desk.next();
            try {
                service.accept(guests.stream().map(Guest::thing).toList());
            } finally {
                desk.callNext();
                guests.forEach(guest -> guest.called().complete(Call.SERVED));
            }
        }
    }

    private enum Call {
        SERVE,
        SERVED
    }

    private record Guest<T>(T thing, CompletableFuture<Call> called) {}

    private static final class Desk<T> {
        private final Queue<Guest<T>> waiting = new ArrayDeque<>();
        private boolean busy;

        private synchronized CompletableFuture<Call> queue(T thing) {
            var guest = new Guest<>(thing, new CompletableFuture<Call>());
            waiting.add(guest);
            if (!busy) {
                callNext();
            }
            return guest.called();
        }

        /// The one who was called is among them: it is the first.
        private synchronized List<Guest<T>> next() {
            List<Guest<T>> next = new ArrayList<>();
            while (!waiting.isEmpty() && next.size() < MOST_AT_ONCE) {
                next.add(waiting.remove());
            }
            return next;
        }

        private synchronized void callNext() {
            busy = !waiting.isEmpty();
            if (busy) {
                waiting.element().called().complete(Call.SERVE);
            }
        }
    }
}
