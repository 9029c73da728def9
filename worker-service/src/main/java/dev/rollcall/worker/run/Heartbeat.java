package dev.rollcall.worker.run;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.process.VitalThread;
import dev.rollcall.worker.claim.Hints;
import dev.rollcall.worker.claim.Inbox;
import dev.rollcall.worker.lease.Incarnation;
import dev.rollcall.worker.lease.WorkerConfig;
import dev.rollcall.worker.permit.Grants;
import dev.rollcall.worker.permit.Permits;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/// Renews the lease and this worker's share of the permits and looks for cancellations, every few seconds and sooner
/// when hints wait for permits, here or at another worker.
@ApplicationScoped
class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final Duration SOONEST = Duration.ofMillis(100);
    /// How often shares are renewed while a worker waits for what another may give up, as at the end of a night.
    private static final Duration CONTESTED = Duration.ofMillis(300);

    private final Incarnation incarnation;
    private final Grants grants;
    private final Permits permits;
    private final Inbox inbox;
    private final Hints hints;
    private final Calls calls;
    private final Aborts aborts;
    private final Duration every;
    private final Semaphore hurry = new Semaphore(0);
    private final Thread loop = VitalThread.named("heartbeat", this::loop);
    private volatile boolean stopping;
    private boolean troubled;

    Heartbeat(
            Incarnation incarnation,
            Grants grants,
            Permits permits,
            Inbox inbox,
            Hints hints,
            Calls calls,
            Aborts aborts,
            WorkerConfig config) {
        this.incarnation = incarnation;
        this.grants = grants;
        this.permits = permits;
        this.inbox = inbox;
        this.hints = hints;
        this.calls = calls;
        this.aborts = aborts;
        this.every = config.heartbeat();
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    /// Hints wait for permits: do not wait for the next beat.
    void hurry() {
        if (hurry.availablePermits() == 0) {
            hurry.release();
        }
    }

    void stop() throws InterruptedException {
        stopping = true;
        hurry();
        loop.join();
    }

    private void loop() {
        try {
            while (!stopping) {
                boolean alive = attempt(this::beat);
                TimeUnit.NANOSECONDS.sleep(SOONEST.toNanos());
                if (alive) {
                    rest();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Until the next beat is due, or hints wait for permits.
    private void rest() throws InterruptedException {
        long end = System.nanoTime() + every.minus(SOONEST).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            long wait = grants.contested() ? Math.min(left, CONTESTED.toNanos()) : left;
            if (hurry.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
                hurry.drainPermits();
                return;
            }
            if (wait < left) {
                attempt(() -> {
                    share();
                    return true;
                });
            }
        }
    }

    /// @return false when the next beat should come at once
    private boolean beat() {
        if (!incarnation.renew()) {
            // Whatever is on the wire belongs to somebody else by now: stop paying for it.
            permits.revokeAll();
            calls.abortAll();
            return false;
        }
        share();
        incarnation.touch(calls.lanes());
        aborts.look();
        if (troubled) {
            LOG.info("the heartbeat goes on");
            troubled = false;
        }
        return true;
    }

    /// @return what the step returns; true when PostgreSQL did not let it
    private boolean attempt(BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (JdbiException e) {
            if (!Ledger.isPassing(e)) {
                LOG.error("a heartbeat failed", e);
            } else if (!troubled) {
                LOG.warnf("the heartbeat waits for PostgreSQL: %s", e.getMessage());
            }
            troubled = true;
            return true;
        }
    }

    private void share() {
        incarnation.id().ifPresent(worker -> grants.renew(worker, inbox.held()).forEach((queue, held) -> {
            if (held > 0) {
                // nobody will ever have a permit for them, and they would keep their offsets for ever
                LOG.warnf("%d hints are for a queue that there is not: %s", held, queue);
                hints.dealtWith(inbox.drop(queue, held));
            }
        }));
        inbox.stirred();
    }
}
