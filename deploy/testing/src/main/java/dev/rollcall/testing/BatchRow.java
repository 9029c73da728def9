package dev.rollcall.testing;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/// A batch of rows in the ledger; each method changes it at once. Its rows have one cell, `title`, unless
/// [#columns] says otherwise.
///
/// ```java
/// var batch = ledger.rows("acme", "p1", "p2").columns("title", "text").row("A", "first").rows(9);
/// batch.ended("p1", 0, 4, "succeeded").ended("p1", 4, 5, "failed").hinted("p2", 3);
/// ```
public record BatchRow(Sql sql, long id, LocalDate day, List<LaneId> lanes) {
    /// The day of all batches of rows.
    public static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    /// The worker that ends tasks.
    public static final long WORKER = 7;

    private static final int ITEM_BITS = 24;

    /// One provider of the batch.
    public record LaneId(String provider, long id) {}

    static BatchRow insert(Sql sql, String organization, String... providers) {
        sql.execute("select open_day(?)", DAY);
        long id = sql.query(row -> row.getLong(1), """
                        insert into batch (kind, organization, organization_name, day, planned, max_attempts, template, columns)
                        values ('rows', ?, ?, ?, 0, 4, 'What is {{title}}?', '{title}')
                        returning id
                        """, organization, organization, DAY)
                .getFirst();
        List<LaneId> lanes = Arrays.stream(providers)
                .map(provider -> new LaneId(
                        provider,
                        sql.query(row -> row.getLong(1), """
                                insert into lane (batch, organization, day, provider, size) values (?, ?, ?, ?, 0)
                                returning id
                                """, id, organization, DAY, provider)
                                .getFirst()))
                .toList();
        return new BatchRow(sql, id, DAY, lanes);
    }

    /// Names the cells of the rows to come.
    public BatchRow columns(String... names) {
        return with("update batch set columns = ? where id = " + id, names);
    }

    /// One more row, a pending task of it on each lane.
    public BatchRow row(String... cells) {
        return with("""
                with grown as (
                    update batch set planned = planned + (select count(*) from lane where batch = batch.id)
                    where id = %d returning id, day
                ), laned as (
                    update lane l set size = size + 1 from grown g where l.batch = g.id returning l.id, l.day, l.size - 1 as n
                ), tasks as (
                    insert into task (id, day) select id << 24 | n, day from laned
                )
                insert into item (day, batch, n, cells)
                select day, id, (select count(*) from item i where i.day = g.day and i.batch = g.id), ? from grown g
                """.formatted(id), cells);
    }

    /// That many more rows, whose cells say the column and the row's number: `title 0`.
    public BatchRow rows(int count) {
        sql.execute("""
                with old as (
                    select b.id, b.day, b.columns, count(i.n) as size
                    from batch b left join item i on i.day = b.day and i.batch = b.id
                    where b.id = ? group by b.id
                ), numbers as (
                    select o.*, o.size + g as n from old o, generate_series(0, ?::int - 1) g
                ), items as (
                    insert into item (day, batch, n, cells)
                    select day, id, n, array(select c || ' ' || n from unnest(columns) with ordinality as u (c, o) order by o)
                    from numbers
                ), tasks as (
                    insert into task (id, day) select l.id << 24 | n, n.day from numbers n join lane l on l.batch = n.id
                ), laned as (
                    update lane set size = size + ? where batch = ? returning id
                )
                update batch set planned = planned + ? * (select count(*) from laned) where id = ?
                """, id, count, count, id, count, id);
        return this;
    }

    /// The lane of this provider.
    public long lane(String provider) {
        return lanes.stream()
                .filter(lane -> lane.provider().equals(provider))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The batch has no lane of " + provider))
                .id();
    }

    /// The id of a row's task on a provider.
    public long task(String provider, int row) {
        return lane(provider) << ITEM_BITS | row;
    }

    /// Moves the cursor of dispatch: the rows below have been hinted.
    public BatchRow hinted(String provider, int rows) {
        sql.execute("update lane set next = greatest(next, ?) where id = ?", rows, lane(provider));
        return this;
    }

    /// A worker claims the pending rows from `from` to below `to`.
    public BatchRow running(String provider, int from, int to) {
        sql.execute("""
                with claimed as (
                    update task set state = 'running', worker = ?, attempt = attempt + 1
                    where day = ? and id >= ? and id < ? and state = 'pending' returning id
                )
                insert into tally (lane, writer, running) select id >> 24, ?, count(*) from claimed group by 1
                on conflict on constraint tally_pk do update
                set running = tally.running + excluded.running, seen_at = clock_timestamp()
                """, WORKER, day, task(provider, 0) + from, task(provider, 0) + to, WORKER);
        return hinted(provider, to);
    }

    /// A worker ends those rows, with all that belongs to it: the attempt (`answer 4`, or the reason `test`), the
    // counts.
    ///
    /// @param state succeeded, failed, cancelled; or pending, which is to be tried again in an hour
    public BatchRow ended(String provider, int from, int to, String state) {
        running(provider, from, to);
        sql.execute("""
                with wish (state, reason) as (
                    values (?, case when ? in ('failed', 'cancelled') then 'test' end)
                ), ended as (
                    update task set state = wish.state, worker = null, reason = wish.reason from wish
                    where day = ? and id >= ? and id < ? and task.state = 'running'
                    returning id, day, attempt, task.state, task.reason
                ), told as (
                    insert into attempt (task, worker, claimed_at, started_at, ended_at, day, attempt, outcome, reason,
                                         detail, model, answer, tokens_in, tokens_out, http_status)
                    select id, 7, clock_timestamp(), clock_timestamp(), clock_timestamp(), day, attempt,
                           case state when 'pending' then 'retry' else state end,
                           case state when 'pending' then 'test' else reason end,
                           case state when 'succeeded' then null else 'detail ' || (id & 16777215) end,
                           'model-1', case state when 'succeeded' then 'answer ' || (id & 16777215) end, 11, 22,
                           case state when 'succeeded' then 200 else 400 end
                    from ended
                ), again as (
                    insert into retry (task, day, lane, attempt, not_before)
                    select id, day, id >> 24, attempt, clock_timestamp() + interval '1 hour' from ended where state = 'pending'
                ), failures as (
                    insert into failure (lane, writer, reason, tasks)
                    select id >> 24, 7, reason, count(*) from ended where state = 'failed' group by 1, 3
                    on conflict on constraint failure_pk do update set tasks = failure.tasks + excluded.tasks
                )
                insert into tally (lane, writer, running, succeeded, failed, cancelled)
                select id >> 24, 7, -count(*), count(*) filter (where state = 'succeeded'),
                       count(*) filter (where state = 'failed'), count(*) filter (where state = 'cancelled')
                from ended group by 1
                on conflict on constraint tally_pk do update
                set running = tally.running + excluded.running, succeeded = tally.succeeded + excluded.succeeded,
                    failed = tally.failed + excluded.failed, cancelled = tally.cancelled + excluded.cancelled,
                    seen_at = clock_timestamp()
                """, state, state, day, task(provider, 0) + from, task(provider, 0) + to);
        return this;
    }

    /// Sets a column of the batch itself, in SQL's words: `set("paused_at", "clock_timestamp()")`.
    public BatchRow set(String column, String value) {
        sql.execute("update batch set %s = %s where id = ?".formatted(column, value), id);
        return this;
    }

    /// Closes it, as the dispatcher does when all is final.
    public BatchRow closed() {
        return set("closed_at", "clock_timestamp()");
    }

    private BatchRow with(String statement, String... texts) {
        try (Connection connection = sql.dataSource().getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            Array array = connection.createArrayOf("text", texts);
            prepared.setArray(1, array);
            prepared.execute();
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException("%s, in:%n%s".formatted(e.getMessage(), statement), e);
        }
    }
}
