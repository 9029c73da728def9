package dev.rollcall.trigger.batch.events;

import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;
import org.jspecify.annotations.Nullable;

/// One client that watches a batch. It is told the newest sight when it can take one, so a slow client skips what a
/// quick one sees, and nothing piles up.
final class Watcher {
    private static final Duration NEVER = Duration.ofNanos(Long.MAX_VALUE);

    private final MultiEmitter<? super OutboundSseEvent> client;
    private @Nullable String known;
    private long saidAt;
    private long seenAt;
    private boolean greeted;

    /// @param known the version the client has seen already, as its `Last-Event-ID` says
    Watcher(MultiEmitter<? super OutboundSseEvent> client, @Nullable String known) {
        this.client = client;
        this.known = known;
    }

    /// The first word, so that the client knows it is connected.
    synchronized void greet(Sight sight, long now) {
        if (sight.version().equals(known)) {
            comment("unchanged", now);
        }
        show(sight, now, NEVER);
    }

    /// @param now a monotonic time in nanoseconds
    /// @param heartbeat says something after so long a silence
    synchronized void show(Sight sight, long now, Duration heartbeat) {
        boolean busy = client.requested() <= 0 && !sight.isFinal();
        // who has just joined may have seen more than the feed's last look
        if (busy || greeted && sight.takenAt() - seenAt < 0) {
            return;
        }
        greeted = true;
        seenAt = sight.takenAt();
        if (!sight.version().equals(known)) {
            known = sight.version();
            say("progress", sight, now);
        } else if (now - saidAt >= heartbeat.toNanos()) {
            comment("", now);
        }
        if (sight.isFinal()) {
            say("end", sight, now);
            client.complete();
        }
    }

    synchronized void dismiss() {
        client.complete();
    }

    private void say(String name, Sight sight, long now) {
        saidAt = now;
        client.emit(new OutboundSseEventImpl.BuilderImpl()
                .name(name)
                .id(sight.version())
                .data(sight.json())
                .build());
    }

    private void comment(String words, long now) {
        saidAt = now;
        client.emit(new OutboundSseEventImpl.BuilderImpl().comment(words).build());
    }
}
