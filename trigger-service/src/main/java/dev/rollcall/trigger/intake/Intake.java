package dev.rollcall.trigger.intake;

import dev.rollcall.message.BatchNews;
import dev.rollcall.trigger.dispatch.Dispatcher;
import dev.rollcall.trigger.intake.Idempotency.Earlier;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;

/// Takes a request in: one transaction, visible as one batch or not at all.
///
/// A connection is held only by those who have a place (`rollcall.batch.intakes`). Requests under one key come one
/// after the other: within this replica without a connection, between replicas by a lock in PostgreSQL.
@ApplicationScoped
class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Jdbi jdbi;
    private final Dispatcher dispatcher;
    private final Admission admission;
    private final IntakeConfig limits;
    private final Feed feed;
    private final ZoneId zone;
    private final InstantSource clock;
    private final Places places;
    private final OneByOne<String> keys = new OneByOne<>();

    Intake(
            Jdbi jdbi,
            Dispatcher dispatcher,
            Admission admission,
            IntakeConfig limits,
            @ConfigProperty(name = "rollcall.zone") ZoneId zone,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.dispatcher = dispatcher;
        this.admission = admission;
        this.limits = limits;
        this.feed = new Feed(limits);
        this.zone = zone;
        this.clock = clock;
        this.places = new Places(limits.intakes());
    }

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem that says why it was not taken in
    Accepted take(Request request, Rows rows) {
        try {
            String key = request.key();
            if (key == null) {
                return first(request, rows).orElseThrow();
            }
            return keys.alone(request.organization().id() + " " + key, () -> keyed(request, key, rows));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpProblem.valueOf(Status.SERVICE_UNAVAILABLE, "the service is stopping; ask again");
        }
    }

    private Accepted keyed(Request request, String key, Rows rows) throws InterruptedException {
        while (true) {
            Optional<Earlier> earlier = jdbi.withHandle(
                    handle -> Idempotency.find(handle, request.organization().id(), key));
            if (earlier.isPresent()) {
                return again(earlier.get(), request, rows);
            }
            Optional<Accepted> accepted = first(request, rows);
            if (accepted.isPresent()) {
                return accepted.get();
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /// Reads the rows only to see whether the request is the same.
    private Accepted again(Earlier earlier, Request request, Rows rows) {
        Fingerprint fingerprint = Fingerprint.of(request.ask(), rows.columns());
        try {
            feed.move(rows, new ItemBytes((_, _) -> {}, LocalDate.EPOCH, 0, fingerprint));
        } catch (SQLException e) {
            throw new IllegalStateException("nothing was sent to PostgreSQL", e);
        }
        if (!Arrays.equals(fingerprint.end(), earlier.requestHash())) {
            throw Refusal.conflict("this Idempotency-Key was used for another request, which became batch %d"
                    .formatted(earlier.batch()));
        }
        return earlier.accepted();
    }

    /// @return empty when another replica has the same key in hand
    private Optional<Accepted> first(Request request, Rows rows) throws InterruptedException {
        admission.require(request, rows.columns());
        String organization = request.organization().id();
        places.take(organization);
        try {
            Instant started = clock.instant();
            LocalDate day = LocalDate.ofInstant(started, zone);
            openDay(day);
            Optional<Accepted> accepted = jdbi.inTransaction(tx -> write(tx, request, rows, day));
            accepted.ifPresent(batch -> tell(batch, request, started));
            return accepted;
        } finally {
            places.giveBack(organization);
        }
    }

    private void tell(Accepted batch, Request request, Instant started) {
        LOG.infof(
                "batch %s of %s taken in: %d rows, %d tasks (%d ms)",
                batch.batchId(),
                request.organization().id(),
                batch.rows(),
                batch.tasks(),
                Duration.between(started, clock.instant()).toMillis());
        dispatcher.tell(new BatchNews(BatchNews.What.OPENED, Long.parseLong(batch.batchId())));
    }

    private void openDay(LocalDate day) {
        jdbi.useHandle(handle -> handle.createQuery("select open_day(:day) is null")
                .bind("day", day)
                .mapTo(Boolean.class)
                .one());
    }

    private Optional<Accepted> write(Handle tx, Request request, Rows rows, LocalDate day) {
        String organization = request.organization().id();
        String key = request.key();
        if (key != null
                && !(Idempotency.lock(tx, organization, key)
                        && Idempotency.find(tx, organization, key).isEmpty())) {
            return Optional.empty();
        }
        Ask ask = request.ask();
        Fingerprint fingerprint = key == null ? null : Fingerprint.of(ask, rows.columns());
        long batch = Batches.insert(tx, request, rows.columns(), day);
        int count;
        int tasks;
        try {
            count = Batches.copyItems(tx, day, to -> feed.move(rows, new ItemBytes(to, day, batch, fingerprint)));
            tasks = tasks(count, ask.providers().size());
            for (long lane : Batches.insertLanes(tx, batch, organization, day, ask.providers(), count)) {
                Batches.copyTasks(tx, day, lane, count);
            }
        } catch (SQLException e) {
            throw new TransactionException(e);
        }
        Batches.plan(tx, batch, tasks);
        if (ask.webhook() != null) {
            Batches.insertHook(tx, batch, organization, day, ask.webhook());
        }
        if (fingerprint != null && key != null) {
            Idempotency.insert(tx, organization, key, fingerprint.end(), batch);
        }
        Batches.lockOpen(tx, organization);
        admission.requireRoom(Batches.open(tx, organization, limits.maxOpen() + 1) - 1);
        return Optional.of(new Accepted(Long.toString(batch), count, tasks, false));
    }

    private static int tasks(int rows, int providers) {
        long tasks = (long) rows * providers;
        if (tasks > Integer.MAX_VALUE) {
            throw Refusal.many("%d rows on %d providers are more than %d tasks; send several batches"
                    .formatted(rows, providers, Integer.MAX_VALUE));
        }
        return (int) tasks;
    }
}
