package dev.rollcall.trigger.intake;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.trigger.intake.CopyBytes.Sink;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Writes batches of rows into the ledger. All methods run in one transaction of the trigger's role.
final class Batches {
    /// Bytes of a task's fields.
    private static final int TASK_SIZE = (4 + 4) + (4 + 8);

    private Batches() {}

    /// What writes the rows.
    interface Writing {
        /// @return rows
        int to(Sink sink) throws SQLException;
    }

    /// A batch without tasks yet.
    static long insert(Handle tx, Request request, List<String> columns, LocalDate day) {
        Ask ask = request.ask();
        return tx.createQuery("""
                        insert into batch (kind, organization, organization_name, day, priority, max_attempts, planned, name,
                                           template, columns, concurrency, created_by)
                        values ('rows', :organization, :organizationName, :day, :priority, :maxAttempts, 0, :name,
                                :template, :columns, :concurrency, :createdBy)
                        returning id
                        """)
                .bind("organization", request.organization().id())
                .bind("organizationName", request.organization().name())
                .bind("day", day)
                .bind("priority", ask.priority())
                .bind("maxAttempts", ask.maxAttempts())
                .bind("name", ask.name())
                .bind("template", ask.prompt())
                .bindArray("columns", String.class, columns)
                .bind("concurrency", ask.concurrency())
                .bind("createdBy", request.caller().name())
                .mapTo(Long.class)
                .one();
    }

    /// Copies into the day's partition itself: COPY refuses a table with row-level security.
    ///
    /// @return rows
    static int copyItems(Handle tx, LocalDate day, Writing rows) throws SQLException {
        return copy(tx, partition("item", day) + " (day, batch, n, cells)", rows);
    }

    private static int copy(Handle tx, String target, Writing rows) throws SQLException {
        CopyIn copy = tx.getConnection()
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy %s from stdin (format binary)".formatted(target));
        try {
            int count = rows.to((bytes, length) -> copy.writeToCopy(bytes, 0, length));
            copy.endCopy();
            return count;
        } catch (SQLException | RuntimeException failure) {
            cancel(copy, failure);
            throw failure;
        }
    }

    private static void cancel(CopyIn copy, Exception reason) {
        if (copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException e) {
                reason.addSuppressed(e);
            }
        }
    }

    static List<Long> insertLanes(
            Handle tx, long batch, String organization, LocalDate day, List<String> providers, int size) {
        return tx.createQuery("""
                        insert into lane (batch, organization, day, provider, size)
                        select :batch, :organization, :day, provider, :size
                        from unnest(:providers) as p (provider)
                        order by provider
                        returning id
                        """)
                .bind("batch", batch)
                .bind("organization", organization)
                .bind("day", day)
                .bindArray("providers", String.class, providers)
                .bind("size", size)
                .mapTo(Long.class)
                .list();
    }

    /// A pending task for each item of a lane. By COPY too: it costs PostgreSQL a third less than `insert`.
    static void copyTasks(Handle tx, LocalDate day, long lane, int size) throws SQLException {
        int days = CopyBytes.days(day);
        copy(tx, partition("task", day) + " (day, id)", sink -> {
            CopyBytes bytes = new CopyBytes(sink);
            for (int n = 0; n < size; n++) {
                bytes.row(2, TASK_SIZE);
                bytes.date(days);
                bytes.bigint(TaskId.of(lane, n).value());
            }
            bytes.end();
            return size;
        });
    }

    /// Says how many tasks there are: when all of them are final, the batch is.
    static void plan(Handle tx, long batch, int tasks) {
        tx.createUpdate("update batch set planned = :tasks where id = :batch")
                .bind("tasks", tasks)
                .bind("batch", batch)
                .execute();
    }

    static void insertHook(Handle tx, long batch, String organization, LocalDate day, String url) {
        tx.createUpdate("""
                        insert into hook (organization, url, batch, day) values (:organization, :url, :batch, :day)
                        """)
                .bind("organization", organization)
                .bind("url", url)
                .bind("batch", batch)
                .bind("day", day)
                .execute();
    }

    /// Lets an organization's batches be counted by one transaction at a time, so that each sees those before it.
    static void lockOpen(Handle tx, String organization) {
        tx.createQuery(
                        "select pg_advisory_xact_lock(hashtextextended('rollcall.open_batches ' || :organization, 0)) is null")
                .bind("organization", organization)
                .mapTo(Boolean.class)
                .one();
    }

    /// An organization's batches of rows that are not final.
    ///
    /// @param most no more than these are counted
    static int open(Handle handle, String organization, int most) {
        return handle.createQuery("""
                        select count(*) from (select from batch
                                              where organization = :organization and kind = 'rows' and closed_at is null
                                              limit :most) as open
                        """)
                .bind("organization", organization)
                .bind("most", most)
                .mapTo(Integer.class)
                .one();
    }

    private static String partition(String parent, LocalDate day) {
        return parent + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }
}
