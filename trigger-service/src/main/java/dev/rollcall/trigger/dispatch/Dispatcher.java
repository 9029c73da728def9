package dev.rollcall.trigger.dispatch;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.TaskState;
import dev.rollcall.message.BatchNews;
import dev.rollcall.message.Event;
import dev.rollcall.message.RunNews;
import dev.rollcall.message.TaskEnded;
import dev.rollcall.message.TaskHint;
import dev.rollcall.message.Wire;
import dev.rollcall.process.VitalThread;
import dev.rollcall.trigger.change.Cancellations;
import dev.rollcall.trigger.dispatch.Dealer.Deal;
import dev.rollcall.trigger.dispatch.Lanes.Closed;
import dev.rollcall.trigger.dispatch.Lanes.ClosedRun;
import dev.rollcall.trigger.dispatch.Lanes.Due;
import dev.rollcall.trigger.dispatch.Lanes.Step;
import dev.rollcall.trigger.hint.FastPath;
import dev.rollcall.trigger.hint.Hints;
import dev.rollcall.trigger.job.Hooks;
import dev.rollcall.trigger.news.Heard;
import dev.rollcall.trigger.plan.Opening.Opened;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    /// Passes are at least this far apart, so that ends arriving one by one are served together; a lone wish waits for
    /// nobody.
    private static final Duration PACE = Duration.ofMillis(3);
    private static final Duration SWEEP_EVERY = Duration.ofMillis(200);
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private final Repairs repairs;
    private final Hooks hooks;
    private final Hints hints;
    private final FastPath fastPath;
    private final Emitter<byte[]> runs;
    private final AtomicReference<Double> oldestWaiting = new AtomicReference<>(0.0);
    /// News that nobody waits for: told together at the next pass.
    private final Queue<BatchNews> untold = new ConcurrentLinkedQueue<>();

    private final Semaphore wish = new Semaphore(0);
    private final Dealer dealer;
    private final Thread loop = VitalThread.named("dispatch", this::loop);
    private volatile boolean stopping;
    private boolean troubled;
    private long sweptAt = System.nanoTime();

    Dispatcher(
            Jdbi jdbi,
            Repairs repairs,
            Hooks hooks,
            Hints hints,
            FastPath fastPath,
            MeterRegistry metrics,
            @Channel("runs-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> runs) {
        this.jdbi = jdbi;
        this.repairs = repairs;
        this.hooks = hooks;
        this.hints = hints;
        this.fastPath = fastPath;
        this.dealer = new Dealer(fastPath);
        this.runs = runs;
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
        if (!isHinted(news)) {
            announce(news);
            wake();
            return;
        }
        untold.add(news);
        if (dealer.isIdle()) {
            wake();
        }
    }

    void heard(@Observes Heard news) {
        if (dealer.waited()
                || !news.runs().isEmpty()
                || news.ended().stream().anyMatch(Dispatcher::isDueAgain)
                || news.batches().stream().anyMatch(batch -> !isHinted(batch))) {
            wake();
        }
    }

    private boolean isHinted(BatchNews news) {
        return news.what() == BatchNews.What.OPENED && fastPath.took(news.tasks());
    }

    private static boolean isDueAgain(TaskEnded ended) {
        return ended.state().equals(TaskState.PENDING.code());
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
                    Thread.sleep(Dealer.IDLE); // who does not lead has nothing to do, whatever happens
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
            awaitWish(Dealer.IDLE);
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
                boolean taken = pass(handle);
                long ended = System.nanoTime();
                if (!taken) {
                    awaitWish(Dealer.IDLE);
                    continue;
                }
                calm();
                if (!awaitWish(dealer.patience())) {
                    continue;
                }
                // with thousands of open lanes a look takes its time: it leaves the ledger as much for others
                long rest = Math.max(PACE.toNanos(), dealer.lookedFor());
                TimeUnit.NANOSECONDS.sleep(rest - (System.nanoTime() - ended));
            }
        } finally {
            fastPath.close();
            tellGrown();
            // the connection goes back to a pool: it must not take the lock along
            Leadership.release(handle);
            Lanes.leave(handle);
        }
    }

    /// @return whether the broker took what there was to hint
    private boolean pass(Handle handle) throws InterruptedException {
        dropArrived(handle);
        sweep(handle);
        tellGrown();
        Deal deal = dealer.deal(handle);
        fastPath.open(deal.left());
        if (!deal.turns().isEmpty()) {
            Dispatch dispatch = dealer.dispatch(handle, deal);
            if (dispatch.hints().isEmpty()) {
                return true; // others have hinted at them meanwhile
            }
            if (!send(dispatch.hints())) {
                fastPath.open(Map.of());
                return false;
            }
            Lanes.dispatched(handle, dispatch.steps(), dispatch.due());
            dealer.sent(dispatch);
        }
        return true;
    }

    /// Writes down what others have hinted.
    private void dropArrived(Handle handle) {
        Map<Long, Instant> arrived = fastPath.arrived();
        if (!arrived.isEmpty()) {
            List<Due> due = arrived.entrySet().stream()
                    .map(job -> Due.fresh(job.getKey(), job.getValue()))
                    .toList();
            Lanes.dispatched(
                    handle,
                    due.stream().map(Due::lane).distinct().map(Step::none).toList(),
                    due);
            fastPath.dropped(arrived.keySet());
        }
    }

    private void tellGrown() {
        Map<Long, List<Long>> grown = new LinkedHashMap<>();
        for (BatchNews news = untold.poll(); news != null; news = untold.poll()) {
            grown.computeIfAbsent(news.batch(), _ -> new ArrayList<>()).addAll(news.tasks());
        }
        grown.forEach((batch, tasks) ->
                Wire.portions(tasks).forEach(some -> announce(new BatchNews(BatchNews.What.OPENED, batch, some))));
    }

    private boolean send(List<TaskHint> hinted) throws InterruptedException {
        try {
            hints.send(hinted).get(ACKNOWLEDGED_WITHIN.toSeconds(), TimeUnit.SECONDS);
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
        Wire.send(runs, Hints.SOURCE, news).exceptionally(failure -> {
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
