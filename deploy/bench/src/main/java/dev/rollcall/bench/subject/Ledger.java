package dev.rollcall.bench.subject;

import dev.rollcall.bench.figures.Checksum;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The ledger from outside: work handed in as the trigger writes it, and what became of it.
public final class Ledger implements AutoCloseable {

    /// What peers are given with one call.
    private static final int PIECE = 10_000;

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final AtomicInteger ORGANIZATIONS = new AtomicInteger();

    private final Database database;

    private Ledger(Database database) {
        this.database = database;
    }

    static Ledger of(String jdbcUrl) {
        return new Ledger(new Database(jdbcUrl + "?currentSchema=rollcall"));
    }

    /// Work that was handed in.
    ///
    /// @param lane names its tasks: `lane << 24 | n`
    /// @param tasks so far
    public record Handed(long batch, long lane, LocalDate day, int tasks) {}

    /// For what only one workload asks.
    public Database database() {
        return database;
    }

    /// An organization nobody else has.
    public String organization() {
        String id = "bench-" + ORGANIZATIONS.incrementAndGet();
        database.execute("insert into organization (id, name) values ('%s', '%s')".formatted(id, id));
        return id;
    }

    /// Tasks at one time on the queue of `sleep` jobs.
    public void allow(int concurrency) {
        database.execute("update handler set concurrency = %d where type = 'sleep'".formatted(concurrency));
    }

    /// Hands in a batch of jobs of type `sleep` in one transaction, rows by COPY, which is how the trigger takes in a
    /// batch of rows. (There is no call that takes in many jobs at once.)
    public Handed hand(Order order) {
        return hand(order, order.tasks());
    }

    /// The same, but [#PIECE] jobs a transaction, as peers are given theirs: the first are run while others come.
    public Handed handInPieces(Order order) {
        return hand(order, PIECE);
    }

    /// The same rows in a batch that is closed, so that nobody but the benchmark touches them.
    public Handed handClosed(Order order) {
        return database.transaction("handing in", open -> {
            var handed = grow(open, organization(), today(), order, 0, order.tasks());
            try (var statement = open.createStatement()) {
                statement.execute("update batch set closed_at = clock_timestamp() where id = " + handed.batch());
            }
            return handed;
        });
    }

    private Handed hand(Order order, int each) {
        String organization = organization();
        LocalDate day = today();
        return IntStream.iterate(0, from -> from < order.tasks(), from -> from + each)
                .mapToObj(from -> database.transaction(
                        "handing in",
                        open -> grow(open, organization, day, order, from, Math.min(each, order.tasks() - from))))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /// As the trigger does it for jobs, whose batch begins with the first and grows with each.
    private static Handed grow(Connection open, String organization, LocalDate day, Order order, int from, int more)
            throws SQLException {
        try (var statement = open.prepareStatement("""
                with gathered as (
                    insert into batch (kind, organization, organization_name, day, planned, name)
                    select 'jobs', ?, ?, ?, ?, 'sleep' from open_day(?)
                    on conflict (organization, day, name, priority, max_attempts) where kind = 'jobs'
                    do update set planned = batch.planned + excluded.planned, closed_at = null
                    returning id
                )
                insert into lane (batch, organization, day, provider, size)
                select id, ?, ?, 'sleep', ? from gathered
                on conflict on constraint lane_provider_once do update set size = lane.size + excluded.size
                returning batch, id
                """)) {
            statement.setString(1, organization);
            statement.setString(2, organization);
            statement.setObject(3, day);
            statement.setInt(4, more);
            statement.setObject(5, day);
            statement.setString(6, organization);
            statement.setObject(7, day);
            statement.setInt(8, more);
            var made = statement.executeQuery();
            made.next();
            var handed = new Handed(made.getLong(1), made.getLong(2), day, from + more);
            copy(open, handed, order, from);
            return handed;
        }
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static void copy(Connection open, Handed handed, Order order, int from) throws SQLException {
        String suffix = "_" + DateTimeFormatter.BASIC_ISO_DATE.format(handed.day());
        CopyText.copy(open, "item" + suffix + " (day, batch, n, body)", from, handed.tasks(), n -> "%s\t%d\t%d\t%s"
                .formatted(handed.day(), handed.batch(), n, order.payload(n)));
        CopyText.copy(
                open,
                "task" + suffix + " (day, id)",
                from,
                handed.tasks(),
                n -> handed.day() + "\t" + (handed.lane() << 24 | n));
    }

    /// Claims pending tasks as a worker does, but only the rows themselves.
    ///
    /// @param each tasks a transaction
    public void claim(Handed handed, int each) {
        inPieces(handed, each, """
                update task set state = 'running', attempt = attempt + 1, worker = 0
                where day = ? and id = any(?) and state = 'pending'
                """, (statement, ids) -> {
            statement.setObject(1, handed.day());
            statement.setArray(2, ids);
        });
    }

    /// Ends claimed tasks as a worker does, with their answers, but only the rows themselves.
    ///
    /// @param each tasks a transaction
    public void end(Handed handed, Order order, int each) {
        inPieces(handed, each, """
                with answered as (
                    select * from unnest(?::bigint[], ?::text[]) as a (id, answer)
                ), ended as (
                    update task t set state = 'succeeded', worker = null from answered a
                    where t.day = ? and t.id = a.id and t.state = 'running'
                    returning t.day, t.id, t.attempt, a.answer
                )
                insert into attempt (day, task, attempt, worker, outcome, claimed_at, started_at, ended_at, answer)
                select day, id, attempt, 0, 'succeeded', now(), now(), now(), answer from ended
                """, (statement, ids) -> {
            var numbers = (Long[]) ids.getArray();
            statement.setArray(1, ids);
            statement.setArray(
                    2,
                    statement
                            .getConnection()
                            .createArrayOf(
                                    "text",
                                    Arrays.stream(numbers)
                                            .map(id -> order.answer((int) (id - (handed.lane() << 24))))
                                            .toArray()));
            statement.setObject(3, handed.day());
        });
    }

    private interface Binding {
        void bind(PreparedStatement statement, Array ids) throws SQLException;
    }

    private void inPieces(Handed handed, int each, String sql, Binding binding) {
        for (int from = 0; from < handed.tasks(); from += each) {
            long first = (handed.lane() << 24) + from;
            int size = Math.min(each, handed.tasks() - from);
            database.transaction(sql, open -> {
                Object[] ids = LongStream.range(first, first + size).boxed().toArray();
                try (var statement = open.prepareStatement(sql)) {
                    binding.bind(statement, open.createArrayOf("bigint", ids));
                    int rows = statement.executeUpdate();
                    if (rows != size) {
                        throw new IllegalStateException("%d rows of %d".formatted(rows, size));
                    }
                    return rows;
                }
            });
        }
    }

    /// Returns when all tasks are final.
    ///
    /// @throws IllegalStateException if that takes longer than the bound
    public void awaitOver(Handed handed, Duration bound) throws InterruptedException {
        await(handed, handed.tasks(), bound);
    }

    /// Returns when that many tasks are final.
    public void await(Handed handed, int tasks, Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        while (over(handed) < tasks) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "%d of %d tasks were over after %s".formatted(over(handed), tasks, bound));
            }
            Thread.sleep(LOOK);
        }
    }

    private long over(Handed handed) {
        return database.number(
                "select coalesce(sum(succeeded + failed + cancelled), 0) from tally where lane = ?", handed.lane());
    }

    /// Of the answers that count: one of each succeeded task.
    public Checksum checksum(Handed handed) {
        return database.query(
                        row -> new Checksum(row.getLong(1), row.getLong(2)),
                        Checksum.SQL.formatted("a.answer") + """
                         from task t join attempt a on a.day = t.day and a.task = t.id and a.attempt = t.attempt and not a.late
                        where t.day = ? and t.id >= ? and t.id < ? and t.state = 'succeeded'
                        """,
                        handed.day(),
                        handed.lane() << 24,
                        (handed.lane() << 24) + handed.tasks())
                .getFirst();
    }

    /// Starts everybody from the same place: nothing is left to be vacuumed or written out, which whoever is measured
    /// next would pay for.
    public void settle() {
        database.execute("vacuum (analyze)");
        database.execute("checkpoint");
    }

    @Override
    public void close() {
        database.close();
    }
}
