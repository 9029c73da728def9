package dev.rollcall.worker.finish;

import static java.util.stream.Collectors.groupingBy;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.message.TasksEnded;
import dev.rollcall.message.Wire;
import dev.rollcall.process.VitalThread;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Succeeded;
import dev.rollcall.worker.progress.Reports;
import dev.rollcall.worker.provider.Backoff;
import dev.rollcall.worker.provider.ProviderConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/// Writes ends down and announces them. One thread, and no timer: while a batch is being written the next one
/// gathers, so a lone task is written at once and a crowd is written together.
@ApplicationScoped
public class Finisher {
    private static final Logger LOG = Logger.getLogger(Finisher.class);
    private static final int MOST_AT_ONCE = 1000;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int TRIES_AT_FULL_SIZE = 3;
    private static final Duration COMPLAIN_EVERY = Duration.ofMinutes(1);
    /// Batches are at least this far apart, but where they are full; a lone end waits for nobody.
    private static final Duration PACE = Duration.ofMillis(5);
    private static final Duration FORGET_EVERY = Duration.ofMillis(250);

    private final Endings endings;
    private final OpenClaims claims;
    private final Reports reports;
    private final Backoff backoff;
    private final MeterRegistry metrics;
    private final Emitter<byte[]> results;
    private final BlockingQueue<Ended> queue = new LinkedBlockingQueue<>();
    private final Queue<List<Ended>> unannounced = new ConcurrentLinkedQueue<>();
    /// What PostgreSQL refused even alone. It must not hold up the others.
    private final Queue<Ended> aside = new ArrayDeque<>();
    private final AtomicInteger unsettled = new AtomicInteger();
    private final Thread loop = VitalThread.named("finish", this::loop);
    private boolean troubled;
    private boolean cluttered;
    private long triedAt = System.nanoTime();
    private long complainedAt = triedAt - COMPLAIN_EVERY.toNanos();
    private long forgotAt = triedAt;

    Finisher(
            Endings endings,
            OpenClaims claims,
            Reports reports,
            ProviderConfig config,
            MeterRegistry metrics,
            @Channel("results") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> results) {
        this.endings = endings;
        this.claims = claims;
        this.reports = reports;
        this.backoff = new Backoff(config.backoff().base(), config.backoff().cap());
        this.metrics = metrics;
        this.results = results;
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    /// The claim is over. Returns at once; the end is written and announced as soon as PostgreSQL and Kafka take it.
    public void ended(Claimed claimed, Outcome outcome) {
        unsettled.incrementAndGet();
        Ending ending = Ending.of(outcome, claimed, backoff, ThreadLocalRandom.current());
        if (ending.reason() != null) {
            LOG.infof(
                    "batch %d task %d attempt %d on %s: %s, %s (%s)",
                    claimed.work().batch(),
                    claimed.task(),
                    claimed.attempt(),
                    claimed.provider(),
                    ending.state().code(),
                    ending.reason(),
                    ending.detail());
        }
        String output = outcome instanceof Succeeded s ? s.output() : null;
        queue.add(new Ended(claimed, ending, outcome.call(), Instant.now(), output));
    }

    /// Whether everything that ended has been written and announced.
    public boolean settled() {
        return unsettled.get() == 0;
    }

    private void loop() {
        try {
            while (true) {
                Ended first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Ended> batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, MOST_AT_ONCE - 1);
                    batch.stream()
                            .collect(groupingBy(ended -> ended.claimed().day()))
                            .forEach((day, ofDay) -> finish(day, ofDay, TRIES_AT_FULL_SIZE));
                    if (batch.size() < MOST_AT_ONCE) {
                        TimeUnit.NANOSECONDS.sleep(PACE.toNanos());
                    }
                }
                tryAside();
                for (var ended = unannounced.poll(); ended != null; ended = unannounced.poll()) {
                    announce(ended);
                }
                forget();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(LocalDate day, List<Ended> batch, int tries) {
        try {
            written(batch, write(day, batch, tries));
        } catch (JdbiException e) {
            if (batch.size() > 1) {
                // one row spoils the statement, or they are too many for it: halve until it stands alone
                finish(day, batch.subList(0, batch.size() / 2), 1);
                finish(day, batch.subList(batch.size() / 2, batch.size()), 1);
            } else if (Ledger.isRowsFault(e) && batch.getFirst().whole()) {
                finish(day, List.of(storable(batch.getFirst(), e)), 1);
            } else {
                complain(1, e);
                aside.add(batch.getFirst());
            }
        }
    }

    private static Ended storable(Ended ended, JdbiException e) {
        LOG.errorf(e, "the end of task %d cannot be stored", ended.claimed().task());
        return ended.withoutOutput(String.valueOf(e.getMessage()).replace("\0", ""));
    }

    /// One at a time, and as long as that goes well all of them.
    private void tryAside() {
        if (System.nanoTime() - triedAt < AGAIN.toNanos()) {
            return;
        }
        triedAt = System.nanoTime();
        for (int left = aside.size(); left > 0 && aside.size() == left; left--) {
            Ended ended = aside.remove();
            finish(ended.claimed().day(), List.of(ended), 1);
        }
    }

    private void written(List<Ended> batch, Map<Endings.Counted, Boolean> counting) {
        List<Ended> news = new ArrayList<>();
        for (Ended ended : batch) {
            metrics.counter(
                            "rollcall.finished",
                            "outcome",
                            ended.ending().outcome(),
                            "provider",
                            ended.claimed().provider())
                    .increment();
            Boolean resumed = counting.get(Endings.Counted.of(ended.claimed()));
            if (resumed != null) {
                news.add(resumed ? ended.resumed() : ended);
            } else {
                LOG.warnf(
                        "task %d attempt %d ended late and is kept as evidence only",
                        ended.claimed().task(), ended.claimed().attempt());
                settled(ended);
            }
        }
        Wire.portions(news).forEach(this::announce);
    }

    /// Writes, however long PostgreSQL is away: what the provider has answered is paid for, it is not given up.
    ///
    /// @throws JdbiException when a row is at fault, or when the batch has been refused so many times
    private Map<Endings.Counted, Boolean> write(LocalDate day, List<Ended> batch, int tries) {
        int triesLeft = tries;
        while (true) {
            try {
                Map<Endings.Counted, Boolean> counting = endings.write(day, batch);
                if (troubled) {
                    LOG.infof("PostgreSQL is back: %d ends written", batch.size());
                    troubled = false;
                }
                return counting;
            } catch (JdbiException e) {
                // who gets no connection has learned nothing about the batch
                if (Ledger.isRowsFault(e) || !(e instanceof ConnectionException) && --triesLeft == 0) {
                    throw e;
                }
                complain(batch.size(), e);
                pause();
            }
        }
    }

    private void complain(int ends, JdbiException e) {
        if (System.nanoTime() - complainedAt < COMPLAIN_EVERY.toNanos()) {
            return;
        }
        complainedAt = System.nanoTime();
        if (Ledger.isPassing(e)) {
            LOG.warnf("%d ends wait for PostgreSQL: %s", ends, e.getMessage());
            troubled = true;
        } else {
            LOG.errorf(e, "PostgreSQL refuses %d ends, which are tried again", ends);
        }
    }

    private void announce(List<Ended> ended) {
        TasksEnded news = new TasksEnded(ended.stream().map(Ended::news).toList());
        CompletableFuture<Void> unused = Wire.send(results, "/rollcall/worker", news)
                .whenComplete((sent, failure) -> {
                    if (failure == null) {
                        ended.forEach(this::settled);
                    } else {
                        LOG.warnf("%d ends are announced again: %s", ended.size(), failure.getMessage());
                        unannounced.add(ended);
                    }
                });
    }

    private void settled(Ended ended) {
        claims.settled(ended.claimed());
        unsettled.decrementAndGet();
    }

    private void forget() {
        if (System.nanoTime() - forgotAt < FORGET_EVERY.toNanos()) {
            return;
        }
        forgotAt = System.nanoTime();
        List<Long> done = claims.done();
        if (done.isEmpty()) {
            return;
        }
        try {
            endings.forget(done, reports.tasks(done));
            claims.forgotten(done);
            reports.forgotten(done);
            cluttered = false;
        } catch (JdbiException e) {
            // the rows are in nobody's way and wait for the next try, but ends must go on
            if (!Ledger.isPassing(e) && !cluttered) {
                LOG.errorf(e, "the side rows of %d finished claims cannot be removed", done.size());
                cluttered = true;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ends were waiting for PostgreSQL", e);
        }
    }
}
