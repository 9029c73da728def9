package dev.rollcall.trigger.dispatch;

import static java.util.stream.Collectors.groupingBy;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.message.BatchNews;
import dev.rollcall.message.Event;
import dev.rollcall.message.RunNews;
import dev.rollcall.message.TaskHint;
import dev.rollcall.message.Wire;
import dev.rollcall.process.VitalThread;
import dev.rollcall.trigger.change.Cancellations;
import dev.rollcall.trigger.dispatch.Lanes.Closed;
import dev.rollcall.trigger.dispatch.Lanes.ClosedRun;
import dev.rollcall.trigger.dispatch.Lanes.Due;
import dev.rollcall.trigger.job.Hooks;
import dev.rollcall.trigger.news.Heard;
import dev.rollcall.trigger.plan.Opening.Opened;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The loop that hints. One replica is active: the one whose connection holds the advisory lock, and everything it
/// writes goes through that connection. A pass counts what is outstanding in the ledger, so nothing has to be
/// remembered: a new dispatcher goes on where the last one stopped, and a hint that was sent twice costs a claim that
/// loses.
@ApplicationScoped
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final String SOURCE = "/rollcall/trigger";
    private static final Duration IDLE = Duration.ofMillis(500);
    /// How often to look while a rate holds work back.
    private static final Duration HELD = Duration.ofMillis(20);
    /// Passes are at least this far apart, so that ends arriving one by one are served together; a lone wish waits for
    /// nobody.
    private static final Duration PACE = Duration.ofMillis(3);
    private static final Duration SWEEP_EVERY = Duration.ofMillis(200);
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private final Repairs repairs;
    private final Hooks hooks;
    private final Emitter<byte[]> tasks;
    private final Emitter<byte[]> runs;
    private final Counter dispatched;
    private final AtomicReference<Double> oldestWaiting = new AtomicReference<>(0.0);
    private final Semaphore wish = new Semaphore(0);
    private final Rates rates = new Rates();
    private final Throttle throttle = new Throttle();
    private final Thread loop = VitalThread.named("dispatch", this::loop);
    private volatile boolean stopping;
    private boolean troubled;
    private boolean throttled;
    private long sweptAt = System.nanoTime();
    private long lookedFor;

    Dispatcher(
            Jdbi jdbi,
            Repairs repairs,
            Hooks hooks,
            MeterRegistry metrics,
            @Channel("tasks") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> tasks,
            @Channel("runs-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> runs) {
        this.jdbi = jdbi;
        this.repairs = repairs;
        this.hooks = hooks;
        this.tasks = tasks;
        this.runs = runs;
        this.dispatched = metrics.counter("rollcall.dispatched");
        Gauge.builder("rollcall.oldest.waiting.seconds", oldestWaiting, AtomicReference::get)
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        if (!loop.join(Duration.ofSeconds(10))) {
            loop.interrupt();
        }
    }

    /// Tells the topic what became of a batch, and looks what it changes for dispatch. To be called when it has been
    /// committed.
    public void tell(@Observes BatchNews news) {
        announce(news);
        wake();
    }

    void heard(@Observes Heard news) {
        wake();
    }

    void opened(@Observes Opened run) {
        announce(new RunNews(RunNews.What.OPENED, run.run(), run.key()));
        wake();
    }

    /// There may be something to do: work ended, a run was opened, a repair was asked.
    public void wake() {
        if (wish.availablePermits() == 0) {
            wish.release();
        }
    }

    private void loop() {
        while (!stopping) {
            try (Handle handle = jdbi.open()) {
                if (Leadership.acquire(handle)) {
                    lead(handle);
                }
                if (!stopping) {
                    awaitWish(IDLE);
                }
            } catch (JdbiException e) {
                if (!Ledger.isPassing(e)) {
                    throw e;
                }
                complain("PostgreSQL", e);
                park();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void park() {
        try {
            awaitWish(IDLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /// Passes on until this replica stops, or its connection breaks.
    private void lead(Handle handle) throws InterruptedException {
        LOG.info("this replica dispatches");
        try {
            Lanes.enter(handle);
            while (!stopping) {
                int served = pass(handle);
                long ended = System.nanoTime();
                if (served < 0) {
                    awaitWish(IDLE);
                    continue;
                }
                calm();
                if (!awaitWish(throttled ? HELD : IDLE)) {
                    continue;
                }
                // with thousands of open lanes a look takes its time: it leaves the ledger as much for others
                long rest = Math.max(PACE.toNanos(), lookedFor);
                TimeUnit.NANOSECONDS.sleep(rest - (System.nanoTime() - ended));
            }
        } finally {
            // the connection goes back to a pool: it must not take the lock along
            Leadership.release(handle);
            Lanes.leave(handle);
        }
    }

    /// @return tasks hinted; negative when the broker did not take them
    private int pass(Handle handle) throws InterruptedException {
        sweep(handle);
        long began = System.nanoTime();
        List<Source> turns = turns(handle);
        lookedFor = System.nanoTime() - began;
        if (turns.isEmpty()) {
            return 0;
        }
        Dispatch dispatch = Dispatch.of(turns, due(handle, turns));
        if (!send(dispatch.hints())) {
            return -1;
        }
        Lanes.dispatched(handle, dispatch.steps(), dispatch.due());
        long now = System.nanoTime();
        dispatch.hints()
                .forEach(hint -> throttle.sent(hint.provider(), hint.tasks().size(), now));
        dispatched.increment(dispatch.tasks());
        return dispatch.tasks();
    }

    private static List<Due> due(Handle handle, List<Source> turns) {
        Map<Long, Integer> turnsByLane = Dispatch.turnsOfLanesWithDue(turns);
        return turnsByLane.isEmpty()
                ? List.of()
                : Lanes.due(handle, List.copyOf(turnsByLane.keySet()), List.copyOf(turnsByLane.values()));
    }

    private List<Source> turns(Handle handle) {
        List<Room> rooms = Lanes.rooms(handle);
        long now = System.nanoTime();
        Map<String, Integer> free = new HashMap<>();
        Set<String> held = new HashSet<>();
        throttled = rooms.stream().anyMatch(Room::throttled);
        for (Room room : rooms) {
            int hints = room.free(rates.observe(room.queue(), room.ended(), now));
            int allowed = room.paused() ? 0 : throttle.allowed(room, now);
            if (allowed == 0) {
                held.add(room.queue());
            }
            if (hints > 0) {
                free.put(room.queue(), allowed == 0 ? hints : Math.min(hints, allowed));
            }
        }
        if (free.isEmpty()) {
            return List.of();
        }
        Map<String, List<Source>> waiting = Bounds.keep(Lanes.sources(handle, List.copyOf(free.keySet())).stream()
                        .map(source -> held.contains(source.provider()) ? source.pressedOnly() : source)
                        .filter(source -> source.waiting() > 0)
                        .toList())
                .stream()
                .collect(groupingBy(Source::provider));
        List<Source> turns = new ArrayList<>();
        waiting.forEach((queue, sources) -> turns.addAll(Turns.deal(sources, free.getOrDefault(queue, 0))));
        return turns;
    }

    private boolean send(List<TaskHint> hints) throws InterruptedException {
        CompletableFuture<?>[] sent =
                hints.stream().map(hint -> Wire.send(tasks, SOURCE, hint)).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(sent).get(ACKNOWLEDGED_WITHIN.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            complain("Kafka", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            complain("Kafka", e);
        }
        return false;
    }

    /// What need not be done at every pass.
    private void sweep(Handle handle) {
        if (System.nanoTime() - sweptAt < SWEEP_EVERY.toNanos()) {
            return;
        }
        sweptAt = System.nanoTime();
        oldestWaiting.set(Lanes.oldestWaiting(handle));
        repairs.serve(handle).forEach(this::announce);
        Cancellations.sweep(handle);
        Closed closed = Lanes.close(handle);
        closed.batches().forEach(batch -> announce(new BatchNews(BatchNews.What.CLOSED, batch)));
        for (ClosedRun run : closed.runs()) {
            LOG.infof("run %s is complete (run %d)", run.key(), run.id());
            announce(new RunNews(RunNews.What.CLOSED, run.id(), run.key()));
        }
        hooks.serve(handle);
    }

    private void announce(Event news) {
        Wire.send(runs, SOURCE, news).exceptionally(failure -> {
            LOG.warnf("news not sent: %s (%s)", news, failure.getMessage());
            return null;
        });
    }

    private boolean awaitWish(Duration bound) throws InterruptedException {
        boolean woken = wish.tryAcquire(bound.toMillis(), TimeUnit.MILLISECONDS);
        wish.drainPermits();
        return woken;
    }

    private void complain(String who, Throwable failure) {
        if (!troubled) {
            LOG.warnf("dispatch waits for %s: %s", who, failure.getMessage());
            troubled = true;
        }
    }

    private void calm() {
        if (troubled) {
            LOG.info("dispatch goes on");
            troubled = false;
        }
    }
}
