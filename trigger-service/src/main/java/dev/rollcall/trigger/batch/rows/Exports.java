package dev.rollcall.trigger.batch.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.batch.BatchConfig;
import dev.rollcall.trigger.batch.BatchId;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/// Copies results from the ledger to clients, row by row. A client may be slow and each holds a connection meanwhile,
/// so only a few are served at one time.
@Singleton
class Exports {
    private static final Logger LOG = Logger.getLogger(Exports.class);
    private static final int BUFFER = 64 * 1024;
    private static final int COME_AGAIN_SECONDS = 10;

    private final TenantLedger ledger;
    private final BatchConfig config;
    private final Semaphore turns;

    Exports(TenantLedger ledger, BatchConfig config) {
        this.ledger = ledger;
        this.config = config;
        this.turns = new Semaphore(config.exports(), true);
    }

    /// @throws HttpProblem (503) when too many others are at it
    void write(Caller caller, BatchId batch, Format format, OutputStream client) throws IOException {
        awaitTurn();
        try {
            OutputStream out = new BufferedOutputStream(new Client(client), BUFFER);
            ledger.use(caller, handle -> copy(handle, Frame.find(handle, batch), format, out));
        } catch (Client.Gone e) {
            LOG.debugf("the client of an export of batch %s went away: %s", batch, e.getMessage());
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() {
        try {
            if (turns.tryAcquire(config.exportsWait().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw HttpProblem.builder()
                .withStatus(Status.SERVICE_UNAVAILABLE)
                .withTitle(Status.SERVICE_UNAVAILABLE.getReasonPhrase())
                .withDetail("%d exports are under way, as many as may be; ask again.".formatted(config.exports()))
                .withHeader(HttpHeaders.RETRY_AFTER, COME_AGAIN_SECONDS)
                .build();
    }

    private static void copy(Handle handle, Frame frame, Format format, OutputStream out) throws IOException {
        if (format == Format.CSV) {
            out.write(Csv.header(frame).getBytes(UTF_8));
        }
        if (!frame.lanes().isEmpty()) {
            prepare(handle);
            try {
                handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(Copy.of(frame, format), out);
            } catch (SQLException e) {
                discard(handle);
                throw new IOException("the ledger stopped copying: " + e.getMessage(), e);
            } catch (IOException e) {
                discard(handle);
                throw e;
            }
        }
        out.flush();
    }

    /// A connection whose copy broke off may answer the next caller with what was meant for this one: it is closed for
    /// good, which ends the statement too, and the pool drops it.
    private static void discard(Handle handle) {
        try {
            handle.getConnection().unwrap(PgConnection.class).abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debugf("a connection that was to be discarded is gone: %s", e.getMessage());
        }
    }

    /// Times in UTC; and the plan that follows the primary keys, whatever the planner believes of a day whose tables
    /// nobody has measured yet.
    static void prepare(Handle handle) {
        List.of(
                        "timezone = 'UTC'",
                        "jit = off",
                        "max_parallel_workers_per_gather = 0",
                        "enable_seqscan = off",
                        "enable_bitmapscan = off",
                        "enable_hashjoin = off",
                        "enable_nestloop = off",
                        "enable_sort = off",
                        "enable_incremental_sort = off")
                .forEach(setting -> handle.execute("set local " + setting));
    }
}
