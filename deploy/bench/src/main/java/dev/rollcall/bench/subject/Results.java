package dev.rollcall.bench.subject;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Results of a batch of rows in the ledger: made in bulk, and read as a plain program would.
public final class Results {

    private static final int ROWS_A_FETCH = 5000;

    private Results() {}

    /// A finished batch of rows on one provider, every task succeeded at its first attempt.
    ///
    /// @param bytes of each answer
    /// @return the batch's number
    public static long make(Database database, String organization, String provider, int rows, int bytes) {
        LocalDate day = LocalDate.now(ZoneOffset.UTC);
        database.query(row -> row.getString(1), "select open_day(?)::text", day);
        long batch = database.number("""
                insert into batch (kind, organization, organization_name, day, planned, template, columns, closed_at)
                values ('rows', ?, ?, ?, ?, 'Task {{n}}', '{n,millis,bytes}', now()) returning id
                """, organization, organization, day, rows);
        long lane = database.number("""
                insert into lane (batch, organization, day, provider, size, next) values (?, ?, ?, ?, ?, ?) returning id
                """, batch, organization, day, provider, rows, rows);
        database.number("""
                with items as (
                    insert into item (day, batch, n, cells)
                    select ?, ?, n, array[n::text, '0', '500'] from generate_series(0, ? - 1) n
                ), tasks as (
                    insert into task (day, id, attempt, state)
                    select ?, ? << 24 | n, 1, 'succeeded' from generate_series(0, ? - 1) n
                ), attempts as (
                    insert into attempt (day, task, attempt, worker, outcome, claimed_at, started_at, ended_at, http_status,
                                         model, tokens_in, tokens_out, finish_reason, answer)
                    select ?, ? << 24 | n, 1, 0, 'succeeded', now(), now(), now(), 200, 'model-1', 11, 22, 'stop',
                           left(repeat('answer ' || n || ' ', ? / 8 + 1), ?)
                    from generate_series(0, ? - 1) n
                )
                insert into tally (lane, writer, succeeded) values (?, 0, ?) returning lane
                """, day, batch, rows, day, lane, rows, day, lane, bytes, bytes, rows, lane, rows);
        database.execute("vacuum analyze item, task, attempt");
        return batch;
    }

    /// Reads them with a cursor and writes JSON lines with Jackson.
    ///
    /// @return rows
    public static long read(String jdbcUrl, long batch, OutputStream to) throws IOException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl + "?currentSchema=rollcall", "postgres", "");
                var json = new JsonFactory().createGenerator(to)) {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement("""
                    select i.n, l.provider, t.state, t.attempt, i.cells, a.model, a.tokens_in, a.tokens_out, a.ended_at, a.answer
                    from lane l
                    join task t on t.day = l.day and t.id >= l.id << 24 and t.id < (l.id + 1) << 24
                    join item i on i.day = l.day and i.batch = l.batch and i.n = t.id & 16777215
                    join attempt a on a.day = t.day and a.task = t.id and a.attempt = t.attempt and not a.late
                    where l.batch = ?
                    """)) {
                statement.setFetchSize(ROWS_A_FETCH);
                statement.setLong(1, batch);
                long count = 0;
                for (var row = statement.executeQuery(); row.next(); count++) {
                    json.writeStartObject();
                    json.writeNumberField("row", row.getInt(1));
                    json.writeStringField("provider", row.getString(2));
                    json.writeStringField("state", row.getString(3));
                    json.writeNumberField("attempt", row.getInt(4));
                    json.writeArrayFieldStart("cells");
                    for (String cell : (String[]) row.getArray(5).getArray()) {
                        json.writeString(cell);
                    }
                    json.writeEndArray();
                    json.writeStringField("model", row.getString(6));
                    json.writeNumberField("tokensIn", row.getInt(7));
                    json.writeNumberField("tokensOut", row.getInt(8));
                    Instant ended = row.getTimestamp(9).toInstant();
                    json.writeStringField("endedAt", ended.toString());
                    json.writeStringField("answer", row.getString(10));
                    json.writeEndObject();
                    json.writeRaw('\n');
                }
                return count;
            }
        } catch (SQLException e) {
            throw new LedgerFailure("reading results", e);
        }
    }
}
