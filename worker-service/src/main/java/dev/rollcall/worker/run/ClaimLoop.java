package dev.rollcall.worker.run;

import static java.util.stream.Collectors.groupingBy;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.process.VitalThread;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.claim.Claims;
import dev.rollcall.worker.claim.Hint;
import dev.rollcall.worker.claim.Hints;
import dev.rollcall.worker.claim.Inbox;
import dev.rollcall.worker.finish.Finisher;
import dev.rollcall.worker.finish.OpenClaims;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome.NotYet;
import dev.rollcall.worker.lease.Incarnation;
import dev.rollcall.worker.permit.Permits;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/// The loop that makes hints claims and claims calls. It takes no more hints than there are free permits, claims them
/// in one statement, lets the offsets move, and starts the calls. When the worker leaves, it hands back what it is
/// hinted.
@ApplicationScoped
class ClaimLoop {
    private static final Logger LOG = Logger.getLogger(ClaimLoop.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration COMMIT_EVERY = Duration.ofMillis(500);
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration ADOPT_EVERY = Duration.ofSeconds(5);
    /// After a claim the loop rests as long as that took, and no longer than this, so that hints arriving one by one
    /// are claimed together; a lone one waits for nobody.
    private static final Duration LONGEST_REST = Duration.ofMillis(5);

    private final Inbox inbox;
    private final Hints hints;
    private final Claims claims;
    private final OpenClaims open;
    private final Calls calls;
    private final Finisher finisher;
    private final Permits permits;
    private final Incarnation incarnation;
    private final Heartbeat heartbeat;
    private final Counter claimedCount;
    private final Counter lostCount;
    private final Thread loop = VitalThread.named("claim", this::loop);
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean leaving;
    private volatile boolean stopping;
    private boolean troubled;
    private long committedAt = System.nanoTime();
    private long adoptedAt = System.nanoTime();

    ClaimLoop(
            Inbox inbox,
            Hints hints,
            Claims claims,
            OpenClaims open,
            Calls calls,
            Finisher finisher,
            Permits permits,
            Incarnation incarnation,
            Heartbeat heartbeat,
            MeterRegistry metrics) {
        this.inbox = inbox;
        this.hints = hints;
        this.claims = claims;
        this.open = open;
        this.calls = calls;
        this.finisher = finisher;
        this.permits = permits;
        this.incarnation = incarnation;
        this.heartbeat = heartbeat;
        this.claimedCount = metrics.counter("rollcall.claimed");
        this.lostCount = metrics.counter("rollcall.claims.lost");
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    /// Claims nothing more; returns when the calls of the last claim have been started. As long as the consumer lives,
    /// it gets hints that nobody else gets: they are handed back.
    void leave() throws InterruptedException {
        leaving = true;
        inbox.stirred();
        left.await();
    }

    /// Returns when the loop has ended.
    void stop() throws InterruptedException {
        stopping = true;
        inbox.stirred();
        loop.join();
        hints.commit();
    }

    private void loop() {
        try {
            while (!leaving) {
                // asked before the permits are taken: those of an incarnation that is gone must not be its successor's
                OptionalLong worker = incarnation.id();
                round(inbox.take(IDLE), (day, hints) -> claim(worker, day, hints));
                adoptNowAndThen();
            }
            left.countDown();
            while (!stopping) {
                round(inbox.takeAll(IDLE), this::handBack);
                adoptNowAndThen();
            }
            // what is not known by now will be taken from a worker that has stopped, at the cost of an attempt
            adopt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            left.countDown();
        }
    }

    private void round(List<Hint> taken, BiConsumer<LocalDate, List<Hint>> work) throws InterruptedException {
        if (taken.isEmpty()) {
            askForPermits();
        } else {
            long began = System.nanoTime();
            taken.stream().collect(groupingBy(Hint::day)).forEach(work);
            long rest = Math.min(LONGEST_REST.toNanos(), System.nanoTime() - began);
            TimeUnit.NANOSECONDS.sleep(troubled ? AGAIN.toNanos() : rest);
        }
        commit();
    }

    private void handBack(LocalDate day, List<Hint> taken) {
        try {
            claims.handBack(day, taken);
            hints.dealtWith(taken);
        } catch (JdbiException e) {
            inbox.putBack(taken);
            complain(e);
        }
    }

    private void claim(OptionalLong worker, LocalDate day, List<Hint> taken) {
        if (worker.isEmpty()) {
            giveUp(taken);
            return;
        }
        try {
            List<Claimed> claimed = claims.claim(worker.getAsLong(), day, taken);
            if (claimed.isEmpty() && !claims.mayClaim(worker.getAsLong())) {
                giveUp(taken);
                heartbeat.hurry();
                return;
            }
            hints.dealtWith(taken);
            started(taken, claimed);
            if (!incarnation.id().equals(worker)) {
                // its heartbeat aborted what ran before these began: they are somebody else's by now as well
                calls.abortAll();
            }
        } catch (JdbiException e) {
            giveUp(taken);
            complain(e);
        }
    }

    private void started(List<Hint> taken, List<Claimed> claimed) {
        open.opened(claimed);
        claimed.forEach(calls::start);
        Set<Hint.Wanted> won = claimed.stream()
                .map(task -> new Hint.Wanted(task.task(), task.provider()))
                .collect(Collectors.toSet());
        for (Hint hint : taken) {
            // a task hinted twice in one poll is won once
            if (!won.remove(hint.wanted())) {
                permits.giveBack(hint.provider(), 1);
            }
        }
        claimedCount.increment(claimed.size());
        lostCount.increment(taken.size() - claimed.size());
        if (troubled) {
            LOG.info("claims go on");
            troubled = false;
        }
    }

    private void adoptNowAndThen() {
        if (System.nanoTime() - adoptedAt > ADOPT_EVERY.toNanos()) {
            adopt();
        }
    }

    /// After a claim whose answer was lost nobody knows whether it was committed, perhaps later than it was asked
    /// for. What this worker owns without knowing it is found by its side row and handed back.
    private void adopt() {
        OptionalLong worker = incarnation.id();
        if (worker.isEmpty()) {
            return;
        }
        adoptedAt = System.nanoTime();
        try {
            List<Claimed> unknown = claims.unknown(worker.getAsLong(), open.known());
            open.opened(unknown);
            for (Claimed task : unknown) {
                finisher.ended(
                        task,
                        new NotYet(Duration.ZERO, "claim_in_doubt", "the answer to its claim was lost", Call.NONE));
            }
        } catch (JdbiException e) {
            complain(e);
        }
    }

    private void giveUp(List<Hint> taken) {
        taken.forEach(hint -> permits.giveBack(hint.provider(), 1));
        inbox.putBack(taken);
    }

    private void askForPermits() {
        if (inbox.held().entrySet().stream().anyMatch(held -> held.getValue() > 0 && permits.none(held.getKey()))) {
            heartbeat.hurry();
        }
    }

    private void commit() {
        if (System.nanoTime() - committedAt > COMMIT_EVERY.toNanos()) {
            committedAt = System.nanoTime();
            hints.commit();
        }
    }

    private void complain(JdbiException failure) {
        if (!Ledger.isPassing(failure)) {
            LOG.error("a claim failed", failure);
        } else if (!troubled) {
            LOG.warnf("claims wait for PostgreSQL: %s", failure.getMessage());
        }
        troubled = true;
    }
}
