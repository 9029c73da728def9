package dev.rollcall.worker.run;

import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.claim.Inbox;
import dev.rollcall.worker.finish.Finisher;
import dev.rollcall.worker.permit.Permits;
import dev.rollcall.worker.provider.Call;
import dev.rollcall.worker.provider.Outcome;
import dev.rollcall.worker.provider.Outcome.Failed;
import dev.rollcall.worker.provider.Outcome.Retry;
import dev.rollcall.worker.provider.ProviderCalls;
import dev.rollcall.worker.provider.Providers;
import dev.rollcall.worker.provider.UnknownProvider;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// The calls on the wire, a virtual thread each.
@ApplicationScoped
class Calls {
    private static final Logger LOG = Logger.getLogger(Calls.class);

    private final Providers providers;
    private final ProviderCalls wire;
    private final Permits permits;
    private final Inbox inbox;
    private final Finisher finisher;
    private final ThreadFactory threads = Thread.ofVirtual().name("call-", 0).factory();
    private final Map<Claimed, Thread> inFlight = new ConcurrentHashMap<>();

    Calls(
            Providers providers,
            ProviderCalls wire,
            Permits permits,
            Inbox inbox,
            Finisher finisher,
            MeterRegistry metrics) {
        this.providers = providers;
        this.wire = wire;
        this.permits = permits;
        this.inbox = inbox;
        this.finisher = finisher;
        Gauge.builder("rollcall.in.flight", inFlight, Map::size).register(metrics);
    }

    /// Starts the call; its permit is given back when it is over.
    void start(Claimed claimed) {
        Thread thread = threads.newThread(() -> run(claimed));
        inFlight.put(claimed, thread);
        thread.start();
    }

    private void run(Claimed claimed) {
        Outcome outcome = call(claimed);
        permits.giveBack(claimed.provider(), 1);
        inbox.stirred();
        finisher.ended(claimed, outcome);
        inFlight.remove(claimed);
    }

    private Outcome call(Claimed claimed) {
        try {
            return wire.call(providers.find(claimed.provider()), claimed.task(), claimed.attempt(), claimed.prompt());
        } catch (UnknownProvider e) {
            return new Failed("unknown_provider", String.valueOf(e.getMessage()), Call.NONE);
        } catch (RuntimeException | Error e) {
            // whatever it is, the claim must end: a living worker's task is nobody else's to take back
            LOG.errorf(e, "task %d attempt %d hit a defect", claimed.task(), claimed.attempt());
            return new Retry("defect", e.toString(), Duration.ZERO, Call.NONE);
        }
    }

    /// Aborts every call: closes its connection. What has no answer yet is handed back, at no cost.
    void abortAll() {
        inFlight.values().forEach(Thread::interrupt);
    }

    int count() {
        return inFlight.size();
    }

    /// The lanes that have a call on the wire.
    Set<Long> lanes() {
        return inFlight.keySet().stream().map(Claimed::lane).collect(Collectors.toSet());
    }
}
