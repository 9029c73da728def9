package dev.rollcall.trigger.batch.events;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.TaskId;
import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.batch.BatchConfig;
import dev.rollcall.trigger.batch.BatchId;
import dev.rollcall.trigger.batch.BatchStatus;
import dev.rollcall.trigger.batch.BatchStatuses;
import dev.rollcall.trigger.news.Heard;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Looks at the batches that are watched on this replica: when the topics said that something became of them, at most
/// four times a second, and every two seconds in case news were lost. All watchers of a batch share its looks, and all
/// batches of an organization one statement.
@ApplicationScoped
class Feeds {
    private static final Logger LOG = Logger.getLogger(Feeds.class);
    private static final Duration PACE = Duration.ofMillis(250);
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(2);

    private final TenantLedger ledger;
    private final BatchStatuses statuses;
    private final ObjectMapper json;
    private final BatchConfig config;
    private final Counter looks;
    private final Map<Long, Feed> byBatch = new ConcurrentHashMap<>();
    private final Map<Long, Feed> byLane = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("batch-events").factory());
    private boolean troubled;

    Feeds(TenantLedger ledger, BatchStatuses statuses, ObjectMapper json, BatchConfig config, MeterRegistry metrics) {
        this.ledger = ledger;
        this.statuses = statuses;
        this.json = json;
        this.config = config;
        this.looks = metrics.counter("rollcall.batch.looks");
        metrics.gauge("rollcall.batch.watchers", byBatch, Feeds::watchers);
    }

    void start(@Observes StartupEvent event) {
        var unused = clock.scheduleWithFixedDelay(this::turn, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        clock.shutdownNow();
        byBatch.values().forEach(feed -> feed.watchers().forEach(Watcher::dismiss));
    }

    void heard(@Observes Heard heard) {
        if (byBatch.isEmpty()) {
            return;
        }
        heard.batches().forEach(news -> stir(byBatch.get(news.batch())));
        heard.ended().forEach(end -> stir(byLane.get(TaskId.laneOf(end.task()))));
    }

    /// What a caller may watch of a batch, seen now.
    ///
    /// @throws jakarta.ws.rs.NotFoundException (404) when there is no such batch for this caller
    Multi<OutboundSseEvent> watch(Caller caller, BatchId batch, @Nullable String known) {
        Opening opening = ledger.read(caller, handle -> open(handle, batch));
        return Multi.createFrom()
                .emitter(
                        client -> {
                            Watcher watcher = new Watcher(client, known);
                            client.onTermination(() -> leave(batch.value(), watcher));
                            watcher.greet(opening.sight(), System.nanoTime());
                            if (!opening.sight().isFinal()) {
                                join(caller, batch.value(), opening, watcher);
                            }
                            if (client.isCancelled()) {
                                leave(batch.value(), watcher); // it went before it had joined
                            }
                        },
                        BackPressureStrategy.BUFFER);
    }

    private record Opening(Sight sight, List<Long> lanes) {}

    private Opening open(Handle handle, BatchId batch) {
        long now = System.nanoTime();
        BatchStatus status = statuses.find(handle, batch.value()).orElseThrow(batch::unknown);
        return new Opening(
                sight(status, now),
                handle.createQuery("select id from lane where batch = :batch")
                        .bind("batch", batch.value())
                        .mapTo(Long.class)
                        .list());
    }

    private synchronized void join(Caller caller, long batch, Opening opening, Watcher watcher) {
        Feed feed = byBatch.computeIfAbsent(batch, _ -> new Feed(batch, caller, opening.lanes(), opening.sight()));
        feed.lanes().forEach(lane -> byLane.put(lane, feed));
        feed.watchers().add(watcher);
        feed.stir();
    }

    private synchronized void leave(long batch, Watcher watcher) {
        Feed feed = byBatch.get(batch);
        if (feed != null && feed.watchers().remove(watcher) && feed.watchers().isEmpty()) {
            byBatch.remove(batch);
            feed.lanes().forEach(byLane::remove);
        }
    }

    private void turn() {
        try {
            look();
            calm();
        } catch (JdbiException e) {
            if (Ledger.isPassing(e)) {
                complain(e);
            } else {
                giveUp(e);
            }
        } catch (RuntimeException e) {
            giveUp(e);
        }
        long now = System.nanoTime();
        byBatch.values().forEach(feed -> feed.tell(now, config.heartbeat()));
    }

    private void look() {
        long now = System.nanoTime();
        byBatch.values().stream()
                .filter(feed -> feed.isDue(now, AT_LEAST_EVERY))
                .collect(groupingBy(feed -> Optional.ofNullable(feed.caller().organization())))
                .values()
                .forEach(feeds -> look(feeds, now));
    }

    private void look(List<Feed> feeds, long now) {
        feeds.forEach(feed -> feed.looking(now));
        looks.increment();
        List<Long> ids = feeds.stream().map(Feed::batch).toList();
        Map<String, BatchStatus> seen;
        try {
            seen = ledger.read(feeds.getFirst().caller(), handle -> statuses.all(handle, ids)).stream()
                    .collect(toMap(BatchStatus::batchId, status -> status));
        } catch (JdbiException e) {
            feeds.forEach(Feed::stir);
            throw e;
        }
        for (Feed feed : feeds) {
            BatchStatus status = seen.get(Long.toString(feed.batch()));
            if (status == null) {
                feed.watchers().forEach(Watcher::dismiss);
            } else {
                feed.saw(sight(status, now));
            }
        }
    }

    private Sight sight(BatchStatus status, long now) {
        try {
            return Sight.of(status, json.writeValueAsString(status), now);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a status that is not JSON: " + status, e);
        }
    }

    private static void stir(@Nullable Feed feed) {
        if (feed != null) {
            feed.stir();
        }
    }

    private static double watchers(Map<Long, Feed> feeds) {
        return feeds.values().stream().mapToInt(feed -> feed.watchers().size()).sum();
    }

    /// A defect: whoever watches is told to come again rather than left with an old sight.
    private void giveUp(RuntimeException failure) {
        LOG.error("watching batches failed", failure);
        byBatch.values().forEach(feed -> feed.watchers().forEach(Watcher::dismiss));
    }

    private void complain(JdbiException failure) {
        if (!troubled) {
            LOG.warnf("watchers of batches wait for PostgreSQL: %s", failure.getMessage());
            troubled = true;
        }
    }

    private void calm() {
        if (troubled) {
            LOG.info("watchers of batches see again");
            troubled = false;
        }
    }
}
