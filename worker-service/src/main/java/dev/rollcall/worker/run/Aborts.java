package dev.rollcall.worker.run;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.worker.claim.Cancellations;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/// Aborts what the ledger says is cancelled. Only the ledger says so: news of a cancellation may be old, and the batch
/// resumed since.
@ApplicationScoped
class Aborts {
    private static final Logger LOG = Logger.getLogger(Aborts.class);
    /// A claim that was under way when the ledger was asked is in flight by then.
    private static final Duration ONCE_MORE = Duration.ofMillis(300);

    private final Calls calls;
    private final Cancellations cancellations;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("aborts").factory());
    private final AtomicBoolean soon = new AtomicBoolean();
    private final AtomicBoolean later = new AtomicBoolean();

    Aborts(Calls calls, Cancellations cancellations) {
        this.calls = calls;
        this.cancellations = cancellations;
    }

    /// Something may have been cancelled: looks at once, and once more a moment later. Waits for nobody.
    void hurry() {
        schedule(soon, Duration.ZERO);
        schedule(later, ONCE_MORE);
    }

    /// Asks the ledger which of the calls are cancelled, and aborts those.
    void look() {
        List<Flight> asked = calls.inFlight();
        if (asked.isEmpty()) {
            return;
        }
        Set<Long> cancelled = cancellations.among(
                asked.stream().map(flight -> flight.claimed().task()).toList());
        // only what was in flight before the question: the answer says nothing of a later attempt
        asked.stream()
                .filter(flight -> cancelled.contains(flight.claimed().task()))
                .forEach(Flight::cancel);
    }

    private void schedule(AtomicBoolean planned, Duration after) {
        // a look that has not begun will see this too
        if (planned.compareAndSet(false, true)) {
            Future<?> unused = looks.schedule(
                    () -> {
                        planned.set(false);
                        lookOrComplain();
                    },
                    after.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void lookOrComplain() {
        try {
            look();
        } catch (JdbiException e) {
            if (Ledger.isPassing(e)) {
                LOG.warnf("cancellations wait for the next heartbeat: %s", e.getMessage());
            } else {
                LOG.error("a look for cancellations failed", e);
            }
        }
    }

    @PreDestroy
    void stop() {
        looks.shutdownNow();
    }
}
