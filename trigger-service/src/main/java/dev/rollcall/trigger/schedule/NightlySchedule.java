package dev.rollcall.trigger.schedule;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.schedule.Due;
import dev.rollcall.schedule.Schedule;
import dev.rollcall.trigger.history.TriggerLog;
import dev.rollcall.trigger.plan.Opening;
import dev.rollcall.trigger.plan.Opening.NothingToRun;
import dev.rollcall.trigger.plan.Opening.Opened;
import dev.rollcall.trigger.plan.Plans;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/// Opens the day that is due: on time by the cron expression, and a day that was missed because everything was down as
/// soon as somebody looks again, at start and every half minute. Any number of replicas may do so at once: opening a
/// day is idempotent.
@Singleton
class NightlySchedule {
    private static final Logger LOG = Logger.getLogger(NightlySchedule.class);

    private final Schedule schedule;
    private final Standings standings;
    private final Plans plans;
    private final TriggerLog log;
    private final InstantSource clock;
    private final AtomicBoolean ledgerAway = new AtomicBoolean();

    NightlySchedule(Schedule schedule, Standings standings, Plans plans, TriggerLog log, InstantSource clock) {
        this.schedule = schedule;
        this.standings = standings;
        this.plans = plans;
        this.log = log;
        this.clock = clock;
    }

    /// Looks at the clock; a ledger that is away is looked for again at the next turn.
    @Scheduled(identity = "nightly-run", cron = "{rollcall.run.cron}", timeZone = "{rollcall.zone}")
    @Scheduled(identity = "nightly-catch-up", every = "30s", concurrentExecution = SKIP)
    void look() {
        try {
            openDue(clock.instant());
            if (ledgerAway.compareAndSet(true, false)) {
                LOG.info("the ledger is back, the schedule goes on");
            }
        } catch (JdbiException e) {
            if (!Ledger.isPassing(e)) {
                throw e;
            }
            if (ledgerAway.compareAndSet(false, true)) {
                LOG.warnf("the ledger is away, a day that is due waits for it: %s", e.getMessage());
            }
        }
    }

    /// Opens the latest day that is due at `now`, unless it is open, was found empty, or is older than the ledger.
    void openDue(Instant now) {
        schedule.lastDue(now)
                .filter(due -> standings.of(due.day()).asksFor(due))
                .ifPresent(this::open);
    }

    private void open(Due due) {
        Instant started = clock.instant();
        Opening opening = plans.open(due.day(), false, (handle, came) -> {
            if (came instanceof Opened opened) {
                log.scheduled(handle, due.day(), opened, started, clock.instant());
            }
            return came;
        });
        if (opening instanceof NothingToRun nothing) {
            log.scheduled(due.day(), nothing, started, clock.instant());
            LOG.warnf("nothing to run on %s, due since %s: %s", due.day(), due.at(), nothing.why());
        }
    }
}
