package dev.rollcall.reconciler.silence;

import dev.rollcall.ledger.Ledger;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/// A pass every so often, the first one soon after the start: nobody may have looked for long.
@ApplicationScoped
class ReconcileSchedule {
    private static final Logger LOG = Logger.getLogger(ReconcileSchedule.class);

    private final Reconciler reconciler;
    private boolean troubled;

    ReconcileSchedule(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    @Scheduled(
            every = "${rollcall.reconcile.every:60s}",
            delayed = "2s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void pass() {
        try {
            reconciler.pass(false);
            if (troubled) {
                LOG.info("PostgreSQL is back");
                troubled = false;
            }
        } catch (JdbiException e) {
            if (!Ledger.isPassing(e)) {
                throw e;
            }
            if (!troubled) {
                LOG.warnf("reconciling waits for PostgreSQL: %s", e.getMessage());
                troubled = true;
            }
        }
    }
}
