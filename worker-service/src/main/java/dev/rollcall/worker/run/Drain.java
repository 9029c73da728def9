package dev.rollcall.worker.run;

import dev.rollcall.worker.finish.Finisher;
import dev.rollcall.worker.lease.Incarnation;
import dev.rollcall.worker.lease.WorkerConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/// Leaves in good order: claims nothing new and hands back what it is hinted, lets calls finish for a while, hands back
/// the rest, and says good-bye.
/// What cannot be said because PostgreSQL is away is left to the reconciler.
@ApplicationScoped
class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration TO_SETTLE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final ClaimLoop claims;
    private final Calls calls;
    private final Finisher finisher;
    private final Heartbeat heartbeat;
    private final Incarnation incarnation;
    private final Duration patience;

    Drain(
            ClaimLoop claims,
            Calls calls,
            Finisher finisher,
            Heartbeat heartbeat,
            Incarnation incarnation,
            WorkerConfig config) {
        this.claims = claims;
        this.calls = calls;
        this.finisher = finisher;
        this.heartbeat = heartbeat;
        this.incarnation = incarnation;
        this.patience = config.drain();
    }

    void drain(@Observes ShutdownEvent event) throws InterruptedException {
        LOG.infof("draining: %d calls on the wire, at most %s", calls.count(), patience);
        claims.leave();
        if (!await(patience, () -> calls.count() == 0)) {
            LOG.infof("handing back %d calls", calls.count());
            calls.abortAll();
            await(TO_SETTLE, () -> calls.count() == 0);
        }
        claims.stop();
        boolean settled = await(TO_SETTLE, finisher::settled);
        heartbeat.stop();
        if (!settled) {
            LOG.warn("not everything could be written down; the reconciler will");
            return;
        }
        try {
            incarnation.stop();
        } catch (JdbiException e) {
            LOG.warnf("no good-bye, the lease will run out: %s", e.getMessage());
        }
    }

    private static boolean await(Duration bound, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }
}
