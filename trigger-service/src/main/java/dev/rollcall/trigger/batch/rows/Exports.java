package dev.rollcall.trigger.batch.rows;

import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.batch.BatchConfig;
import dev.rollcall.trigger.batch.BatchId;
import dev.rollcall.trigger.batch.rows.Frame.Lane;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.postgresql.jdbc.PgConnection;

/// Copies results from the ledger to clients, row by row. A client may be slow and each holds two
/// connections meanwhile, so only a few are served at one time.
@Singleton
class Exports {
    private static final Logger LOG = Logger.getLogger(Exports.class);
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
            Text file = new Text(new Client(client));
            ledger.use(caller, results -> {
                Frame frame = Frame.find(results, batch);
                ledger.use(caller, cells -> copy(results, cells, frame, format.lines(frame), file));
            });
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

    private static void copy(Handle results, Handle cells, Frame frame, Lines lines, Text file) throws IOException {
        lines.begin(file);
        if (!frame.lanes().isEmpty()) {
            Copy.prepare(results);
            Copy.prepare(cells);
            boolean whole = false;
            try {
                copy(Copied.begin(results, Copy.results(frame)), new Cells(cells, frame), frame, lines, file);
                whole = true;
            } finally {
                if (!whole) {
                    discard(results);
                    discard(cells);
                }
            }
        }
        file.flush();
    }

    private static void copy(Copied results, Cells cells, Frame frame, Lines lines, Text file) throws IOException {
        Fields result = results.fields();
        int lane = 0;
        while (results.next()) {
            long task = result.bigint(Copy.TASK);
            while (frame.lanes().get(lane).id() != task >> Lane.ROW_BITS) {
                lane++;
            }
            int row = (int) (task - frame.lanes().get(lane).firstTask());
            lines.add(lane, row, result, cells.of(row), file);
        }
        cells.end();
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
}
