package dev.rollcall.postcheck.judgement;

import dev.rollcall.ledger.Ledger;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The postcheck by schedule. A day whose judgement failed because the ledger was away stays owed until it is given.
@Singleton
class NightlyPostcheck {
    private static final Logger LOG = Logger.getLogger(NightlyPostcheck.class);

    private final Postcheck postcheck;
    private final AtomicReference<@Nullable LocalDate> owed = new AtomicReference<>();

    NightlyPostcheck(Postcheck postcheck) {
        this.postcheck = postcheck;
    }

    @Scheduled(
            identity = "postcheck",
            cron = "{rollcall.postcheck.cron}",
            timeZone = "{rollcall.zone}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void night() {
        owed.set(postcheck.today());
        settle();
    }

    @Scheduled(
            identity = "postcheck-owed",
            every = "{rollcall.postcheck.try-again-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void settle() {
        LocalDate day = owed.get();
        if (day == null) {
            return;
        }
        try {
            postcheck.bySchedule(day);
            owed.compareAndSet(day, null);
        } catch (JdbiException e) {
            if (!Ledger.isPassing(e)) {
                owed.compareAndSet(day, null); // a defect: trying again would only repeat it
                throw e;
            }
            LOG.warnf("the ledger is away, so %s is not judged yet: %s", day, e.getMessage());
        }
    }
}
