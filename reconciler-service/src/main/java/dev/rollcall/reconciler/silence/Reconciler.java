package dev.rollcall.reconciler.silence;

import dev.rollcall.ledger.History;
import dev.rollcall.ledger.TaskState;
import dev.rollcall.message.TaskEnded;
import dev.rollcall.message.TasksEnded;
import dev.rollcall.message.Wire;
import dev.rollcall.reconciler.silence.Silences.Clock;
import dev.rollcall.reconciler.silence.Silences.Orphan;
import dev.rollcall.reconciler.silence.Verdicts.Sighting;
import dev.rollcall.reconciler.silence.Verdicts.Stillness;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// One pass: looks, judges, acts, and writes down what it did. The ledger is mended in one transaction; the side rows
/// of dead workers go only after the broker has the announcements, so that a pass that dies half-way is simply
/// repeated. What is past its time may be a million tasks: it is given up last and in portions, so that nothing else
/// waits for it.
@ApplicationScoped
public class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final String FUNCTION = "reconciler";
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(10);
    /// Tasks that are given up in one transaction.
    private static final int PORTION = 50_000;

    private final Jdbi jdbi;
    private final History history;
    private final ReconcileConfig config;
    private final MeterRegistry metrics;
    private final Emitter<byte[]> results;

    Reconciler(
            Jdbi jdbi,
            History history,
            ReconcileConfig config,
            MeterRegistry metrics,
            @Channel("results") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> results) {
        this.jdbi = jdbi;
        this.history = history;
        this.config = config;
        this.metrics = metrics;
        this.results = results;
    }

    /// @param asked whether a person or the scheduler asked; then the pass is written down even if there was nothing
    ///     to do
    public Report pass(boolean asked) {
        List<Sighting> silent = silent();
        Mended mended = jdbi.inTransaction(tx -> Silences.alone(tx) ? mend(tx, silent, asked) : Mended.NOTHING);
        // Nobody else touches the side rows of the dead, so they may wait for the broker outside the transaction.
        if (!mended.orphans().isEmpty() && announce(mended.news())) {
            jdbi.useHandle(handle -> Silences.forget(handle, mended.orphans()));
        }
        report(mended.report());
        int givenUp = mended.report().alone() ? giveUp() : 0;
        return mended.report().withGivenUp(givenUp);
    }

    private record Mended(Report report, List<TaskEnded> news, List<Long> orphans) {
        private static final Mended NOTHING = new Mended(Report.NOT_ALONE, List.of(), List.of());
    }

    /// Whose lease has run out. They are given time to renew it, and are dead if they have not: where PostgreSQL was
    /// away until now, for whatever reason, nobody could before.
    private List<Sighting> silent() {
        List<Sighting> silent = jdbi.withHandle(handle -> {
            Clock clock = Silences.clock(handle);
            return silent(Silences.living(handle), clock);
        });
        try {
            Thread.sleep(Verdicts.respite(silent));
            return silent;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<Sighting> silent(List<Sighting> seen, Clock clock) {
        return seen.stream()
                .filter(sighting -> Verdicts.isSilent(sighting, clock.serverStart(), clock.now()))
                .toList();
    }

    private Mended mend(Handle tx, List<Sighting> silent, boolean asked) {
        Clock clock = Silences.clock(tx);
        List<Long> dead = Silences.declareDead(tx, silent(silent, clock));
        List<Orphan> orphans = Silences.orphans(tx);
        List<TaskEnded> finished = new ArrayList<>();
        List<TaskEnded> taken = new ArrayList<>();
        for (Orphan orphan : orphans) {
            Silences.finished(tx, orphan).forEach(task -> finished.add(task.news()));
            Silences.takeBack(tx, orphan).forEach(task -> taken.add(task.news()));
        }
        int exhausted = (int) taken.stream()
                .filter(task -> task.state().equals(TaskState.FAILED.code()))
                .count();
        Report report =
                new Report(true, dead, taken.size() - exhausted, exhausted, finished.size(), republish(tx, clock), 0);
        if (asked || report.acted()) {
            record(tx, clock, report);
        }
        finished.addAll(taken);
        return new Mended(report, finished, orphans.stream().map(Orphan::claim).toList());
    }

    private int giveUp() {
        int givenUp = 0;
        int portion;
        do {
            portion = jdbi.inTransaction(tx -> Silences.alone(tx) ? giveUp(tx) : 0);
            givenUp += portion;
        } while (portion == PORTION);
        return givenUp;
    }

    private int giveUp(Handle tx) {
        Clock clock = Silences.clock(tx);
        int tasks = Silences.giveUp(tx, PORTION);
        if (tasks > 0) {
            Report report = Report.NOTHING.withGivenUp(tasks);
            record(tx, clock, report);
            report(report);
        }
        return tasks;
    }

    private void record(Handle tx, Clock begun, Report report) {
        String status = report.acted() ? "mended" : "nothing_to_do";
        Instant completed = Silences.clock(tx).now();
        history.record(tx, FUNCTION, "pass:" + begun.now(), status, begun.now(), completed, report);
    }

    private int republish(Handle tx, Clock clock) {
        int republished = 0;
        for (Stillness lane : Silences.still(tx)) {
            if (Verdicts.isLost(lane, config.lostAfter(), clock.now())) {
                republished += Silences.republish(tx, lane.lane());
            } else if (Verdicts.mayHaveLost(lane)) {
                republished += Silences.republishOld(tx, lane.lane(), config.lostAfter());
            }
        }
        return republished;
    }

    private void report(Report report) {
        if (!report.acted()) {
            return;
        }
        LOG.infof("reconciled: %s", report);
        metrics.counter("rollcall.workers.dead").increment(report.deadWorkers().size());
        metrics.counter("rollcall.tasks.taken.back").increment(report.takenBack());
        metrics.counter("rollcall.hints.lost").increment(report.republished());
    }

    private boolean announce(List<TaskEnded> news) {
        CompletableFuture<?>[] sent = TasksEnded.of(news).stream()
                .map(ended -> Wire.send(results, "/rollcall/reconciler", ended))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(sent).get(ACKNOWLEDGED_WITHIN.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("%d ends could not be announced, the next pass will: %s", news.size(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
