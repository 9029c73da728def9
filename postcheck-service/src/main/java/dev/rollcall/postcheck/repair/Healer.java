package dev.rollcall.postcheck.repair;

import dev.rollcall.message.RunNews;
import dev.rollcall.postcheck.census.JudgedRun;
import dev.rollcall.postcheck.coverage.TaskCounts;
import dev.rollcall.postcheck.news.Announcer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/// Asks the trigger for a repair: first durably in the ledger, then aloud on the topic, and waits a while for the
/// result.
@Singleton
public class Healer {
    private static final Logger LOG = Logger.getLogger(Healer.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Repairs repairs;
    private final Announcer announcer;
    private final Emitter<byte[]> runs;
    private final Duration patience;

    Healer(
            Repairs repairs,
            Announcer announcer,
            @Channel("runs") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> runs,
            @ConfigProperty(name = "rollcall.postcheck.repair-wait") Duration patience) {
        this.repairs = repairs;
        this.announcer = announcer;
        this.runs = runs;
        this.patience = patience;
    }

    /// @param tasks how the run stands; without a task that failed nothing is asked
    public RepairReport heal(JudgedRun run, TaskCounts tasks, String askedBy) {
        if (!tasks.repairable()) {
            return RepairReport.idle("nothing to repair: no task of this run failed", attemptsOf(run));
        }
        Attempt asked = repairs.ask(run.id(), askedBy);
        LOG.infof("repair %d of run %s asked for", asked.id(), run.key());
        boolean told = announcer.tell(runs, new RunNews(RunNews.What.REPAIR_ASKED, run.id(), run.key()));
        Attempt seen = await(asked);
        return RepairReport.of(seen, told, attemptsOf(run));
    }

    public List<Attempt> attemptsOf(JudgedRun run) {
        return repairs.of(run.id());
    }

    /// Looks at the row itself and not for news of it: so it works without a broker, and whichever replica serves it.
    private Attempt await(Attempt asked) {
        long until = System.nanoTime() + patience.toNanos();
        Attempt seen = repairs.get(asked.id());
        while (!seen.done()
                && System.nanoTime() < until
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            seen = repairs.get(asked.id());
        }
        return seen;
    }
}
