package dev.rollcall.bench.subject;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.client.JobOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Jobs of type `sleep` that end at once, sent one by one over HTTP at an even rate.
public record JobStream(Subject subject) {

    private static final int BYTES = 500;
    private static final Duration BOUND = Duration.ofMinutes(10);

    /// Milliseconds since each job was asked for.
    ///
    /// @param starts until its call began, by the worker's clock
    /// @param ends until the broker had the news of its end, which is sent after the commit
    public record Times(List<Double> starts, List<Double> ends, double askedPerSecond) {}

    /// Returns when all of them are over.
    ///
    /// @param most requests under way at one time
    public Times send(int rate, int seconds, int most) throws InterruptedException {
        String organization = subject.ledger().organization();
        int total = rate * seconds;
        var asked = new ConcurrentHashMap<Long, Instant>(total * 2);
        try (var news = EndNews.listen(subject.system().kafkaBootstrap())) {
            double perSecond = ask(organization, rate, total, most, asked);
            Map<Long, Instant> ends = news.await(asked.keySet(), BOUND);
            return times(asked, starts(organization), ends, perSecond);
        }
    }

    private double ask(String organization, int rate, int total, int most, Map<Long, Instant> asked)
            throws InterruptedException {
        var jobs = new JobApi(subject.api());
        var payload = JsonNodeFactory.instance.objectNode().put("millis", 0).put("bytes", BYTES);
        var job = new JobOrder("sleep", payload, null, null, null, null, null);
        var free = new Semaphore(most);
        var refused = new AtomicReference<@Nullable String>();
        long begun = System.nanoTime();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < total; n++) {
                long due = begun + n * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(Math.min(1_000_000, due - System.nanoTime()));
                }
                free.acquire();
                each.execute(() -> {
                    Instant at = Instant.now();
                    try {
                        asked.put(Long.parseLong(jobs.submit(job, organization)), at);
                    } catch (ApiFailure e) {
                        refused.compareAndSet(null, String.valueOf(e.getMessage()));
                    } finally {
                        free.release();
                    }
                });
            }
            each.shutdown();
            if (!each.awaitTermination(BOUND.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("requests are still open after " + BOUND);
            }
        }
        if (asked.size() != total) {
            throw new IllegalStateException("%d of %d jobs were accepted; the first one that was not: %s"
                    .formatted(asked.size(), total, refused.get()));
        }
        return total / ((System.nanoTime() - begun) / 1e9);
    }

    private Map<Long, Instant> starts(String organization) {
        var starts = new ConcurrentHashMap<Long, Instant>();
        subject.ledger()
                .database()
                .query(row -> starts.put(row.getLong(1), row.getTimestamp(2).toInstant()), """
                        select a.task, a.started_at
                        from lane l join attempt a on a.day = l.day and a.task >= l.id << 24 and a.task < (l.id + 1) << 24
                        where l.organization = ? and a.outcome = 'succeeded' and length(a.answer) = ?
                        """, organization, BYTES);
        return starts;
    }

    private static Times times(
            Map<Long, Instant> asked, Map<Long, Instant> starts, Map<Long, Instant> ends, double perSecond) {
        if (!starts.keySet().containsAll(asked.keySet())) {
            throw new IllegalStateException(
                    "%d jobs were accepted, %d have their answer".formatted(asked.size(), starts.size()));
        }
        var toStart = new ArrayList<Double>();
        var toEnd = new ArrayList<Double>();
        asked.forEach((task, at) -> {
            toStart.add(millis(at, starts.getOrDefault(task, Instant.MAX)));
            toEnd.add(millis(at, ends.getOrDefault(task, Instant.MAX)));
        });
        return new Times(toStart, toEnd, perSecond);
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
