package dev.rollcall.worker.progress;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.process.VitalThread;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.handler.Progress;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/// Gathers what runs say of their progress and writes the latest words down, all in one statement, at most once a
/// second. A run that is over before anybody could look leaves no trace. Where nobody says anything, nothing is done.
@ApplicationScoped
public class Reports {
    private static final Logger LOG = Logger.getLogger(Reports.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration WORTH_TELLING = Duration.ofSeconds(2);

    private final ProgressRows rows;
    private final Map<Long, Report> changed = new ConcurrentHashMap<>();
    /// By claim, the tasks that may have a row.
    private final Map<Long, Set<Long>> told = new ConcurrentHashMap<>();
    private final Semaphore said = new Semaphore(0);
    private final Thread loop = VitalThread.named("progress", this::loop);

    Reports(ProgressRows rows) {
        this.rows = rows;
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    @PreDestroy
    void stop() {
        loop.interrupt();
    }

    /// Where this run says how far it is.
    public Progress of(Claimed claimed) {
        long begun = System.nanoTime();
        return (percent, note) -> {
            changed.put(claimed.task(), new Report(claimed, begun, percent, note));
            wake();
        };
    }

    /// The run is over: what it said last needs no writing down any more.
    public void over(Claimed claimed) {
        changed.computeIfPresent(
                claimed.task(), (task, report) -> report.claimed().equals(claimed) ? null : report);
    }

    /// The tasks of these claims that may have a row to be removed.
    public List<Long> tasks(Collection<Long> claims) {
        return claims.stream()
                .flatMap(claim -> told.getOrDefault(claim, Set.of()).stream())
                .toList();
    }

    /// Their rows are removed.
    public void forgotten(Collection<Long> claims) {
        told.keySet().removeAll(claims);
    }

    private void loop() {
        try {
            while (true) {
                said.acquire();
                said.drainPermits();
                write();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<Report> latest = new ArrayList<>();
        long now = System.nanoTime();
        changed.forEach((task, report) -> {
            if (now - report.begun() < WORTH_TELLING.toNanos()) {
                wake(); // for the next round
            } else if (changed.remove(task, report)) {
                latest.add(report);
                told.computeIfAbsent(report.claimed().claim(), claim -> ConcurrentHashMap.newKeySet())
                        .add(task);
            }
        });
        if (latest.isEmpty()) {
            return;
        }
        try {
            rows.write(latest);
        } catch (JdbiException e) {
            if (!Ledger.isPassing(e)) {
                LOG.error("progress cannot be written", e);
                return;
            }
            latest.forEach(report -> changed.putIfAbsent(report.claimed().task(), report));
            wake();
        }
    }

    private void wake() {
        if (said.availablePermits() == 0) {
            said.release();
        }
    }
}
