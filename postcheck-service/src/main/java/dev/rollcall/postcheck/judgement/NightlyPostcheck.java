package dev.rollcall.postcheck.judgement;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.schedule.Due;
import dev.rollcall.schedule.Schedule;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ApplicationNotRunning;
import io.quarkus.scheduler.common.runtime.util.SchedulerUtils;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The postcheck by schedule: on time by the cron expression, and a day that was missed because the postcheck or the
/// ledger was away as soon as somebody looks again. Which day is owed says the ledger, so a restart forgets none; of
/// several that were missed it is the last.
@Singleton
class NightlyPostcheck {
    private static final Logger LOG = Logger.getLogger(NightlyPostcheck.class);
    private static final String CRON = "rollcall.postcheck.cron";

    private final Postcheck postcheck;
    private final Judgements judgements;
    private final InstantSource clock;
    private final Optional<Schedule> schedule;
    private volatile @Nullable LocalDate settled;

    NightlyPostcheck(
            Postcheck postcheck,
            Judgements judgements,
            InstantSource clock,
            @ConfigProperty(name = CRON) String cron,
            @ConfigProperty(name = "rollcall.zone") String zone) {
        this.postcheck = postcheck;
        this.judgements = judgements;
        this.clock = clock;
        this.schedule = SchedulerUtils.isOff(cron) ? Optional.empty() : Optional.of(Schedule.of(CRON, cron, zone));
    }

    /// Looks at the clock; a ledger that is away is looked for again at the next turn.
    @Scheduled(
            identity = "postcheck",
            cron = "{rollcall.postcheck.cron}",
            timeZone = "{rollcall.zone}",
            concurrentExecution = SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    @Scheduled(
            identity = "postcheck-owed",
            every = "{rollcall.postcheck.try-again-every}",
            concurrentExecution = SKIP,
            skipExecutionIf = ApplicationNotRunning.class)
    void look() {
        schedule.flatMap(s -> s.lastDue(clock.instant()))
                .filter(due -> !due.day().equals(settled))
                .ifPresent(this::settle);
    }

    private void settle(Due due) {
        try {
            if (judgements.owes(due)) {
                postcheck.bySchedule(due.day());
            }
            settled = due.day();
        } catch (JdbiException e) {
            if (!Ledger.isPassing(e)) {
                settled = due.day(); // a defect: trying again would only repeat it
                throw e;
            }
            LOG.warnf("the ledger is away, so %s is not judged yet: %s", due.day(), e.getMessage());
        }
    }
}
