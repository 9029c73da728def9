package dev.rollcall.worker.lease;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/// Who this process is in the ledger. It starts as nobody, becomes somebody with the first heartbeat that reaches
/// PostgreSQL, and somebody else after it has been declared dead.
@ApplicationScoped
public class Incarnation {
    private static final Logger LOG = Logger.getLogger(Incarnation.class);
    private static final long NOBODY = 0;

    private final Workers workers;
    private final WorkerConfig config;
    private volatile long id = NOBODY;

    Incarnation(Workers workers, WorkerConfig config) {
        this.workers = workers;
        this.config = config;
    }

    /// Empty while this process may not claim anything.
    public OptionalLong id() {
        long now = id;
        return now == NOBODY ? OptionalLong.empty() : OptionalLong.of(now);
    }

    /// Renews the lease, or registers when there is none.
    ///
    /// @return false when the incarnation turned out to be dead; what it owned has been or will be taken back
    public boolean renew() {
        if (id == NOBODY) {
            id = workers.register(config.name(), config.pool(), config.lease());
            LOG.infof("worker %s is incarnation %d", config.name(), id);
            return true;
        }
        if (workers.renew(id, config.lease())) {
            return true;
        }
        LOG.errorf("incarnation %d has been declared dead", id);
        id = NOBODY;
        return false;
    }

    /// Tells the ledger that work on these lanes is alive.
    public void touch(Collection<Long> lanes) {
        if (id != NOBODY && !lanes.isEmpty()) {
            workers.touch(id, lanes);
        }
    }

    /// Says good-bye.
    public void stop() {
        if (id != NOBODY) {
            workers.stop(id);
            LOG.infof("incarnation %d has stopped", id);
            id = NOBODY;
        }
    }
}
