package dev.rollcall.worker.run;

import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.claim.Inbox;
import dev.rollcall.worker.finish.Finisher;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Handlers;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Aborted;
import dev.rollcall.worker.handler.Outcome.Retry;
import dev.rollcall.worker.permit.Permits;
import dev.rollcall.worker.progress.Reports;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// What this worker runs now, a virtual thread each.
@ApplicationScoped
class Calls {
    private static final Logger LOG = Logger.getLogger(Calls.class);

    private final Handlers handlers;
    private final Permits permits;
    private final Inbox inbox;
    private final Finisher finisher;
    private final Reports reports;
    private final ThreadFactory threads = Thread.ofVirtual().name("call-", 0).factory();
    private final Set<Flight> inFlight = ConcurrentHashMap.newKeySet();

    Calls(Handlers handlers, Permits permits, Inbox inbox, Finisher finisher, Reports reports, MeterRegistry metrics) {
        this.handlers = handlers;
        this.permits = permits;
        this.inbox = inbox;
        this.finisher = finisher;
        this.reports = reports;
        Gauge.builder("rollcall.in.flight", inFlight, Set::size).register(metrics);
    }

    /// Starts the call; its permit is given back when it is over.
    void start(Claimed claimed) {
        Flight flight = new Flight(claimed, threads, this::run);
        inFlight.add(flight);
        flight.start();
    }

    private void run(Flight flight) {
        Claimed claimed = flight.claimed();
        Outcome outcome = flight.settled(handle(flight));
        reports.over(claimed);
        permits.giveBack(claimed.provider(), 1);
        inbox.freed(claimed.provider());
        finisher.ended(claimed, outcome);
        inFlight.remove(flight);
    }

    private Outcome handle(Flight flight) {
        Claimed claimed = flight.claimed();
        Instant startedAt = Instant.now();
        try {
            return handlers.of(claimed.provider()).handle(claimed.work(), reports.of(claimed));
        } catch (InterruptedException e) {
            return new Aborted("the run was aborted", Call.without(startedAt, null));
        } catch (RuntimeException | Error e) {
            if (flight.aborted()) {
                // the interrupt met it where it was not waited for, such as at a database connection
                return new Aborted("the run was aborted: " + e, Call.without(startedAt, null));
            }
            // whatever it is, the claim must end: a living worker's task is nobody else's to take back
            LOG.errorf(e, "task %d attempt %d hit a defect", claimed.task(), claimed.attempt());
            return new Retry("defect", e.toString(), Duration.ZERO, Call.NONE);
        }
    }

    /// Aborts every call: closes its connection. What has no answer yet is handed back, at no cost.
    void abortAll() {
        inFlight.forEach(Flight::abort);
    }

    /// What runs now.
    List<Flight> inFlight() {
        return List.copyOf(inFlight);
    }

    int count() {
        return inFlight.size();
    }

    /// The lanes that have a call on the wire.
    Set<Long> lanes() {
        return inFlight.stream().map(flight -> flight.claimed().lane()).collect(Collectors.toSet());
    }
}
