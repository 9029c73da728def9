package dev.rollcall.lab.witness;

import dev.rollcall.lab.LabFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ledger's rows, read past the services, of the tasks that were made since the mark.
public final class LedgerView {

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, String> words = new HashMap<>();

    public LedgerView(Connection connection) {
        this.connection = connection;
    }

    /// Has the database write down every change of a task's state, and who made it, when it is due again, and what is
    /// open when a batch becomes final. Once.
    ///
    /// Every trigger in its own transaction, which holds one table's lock: services that work already take several,
    // and
    /// in another order.
    public void install() {
        execute("""
                create schema if not exists lab;
                create table if not exists lab.history (
                    n bigint generated always as identity primary key,
                    at timestamptz not null default clock_timestamp(),
                    task bigint not null, was text not null, is_now text not null, attempt integer not null,
                    worker bigint, by text not null, tx xid8 not null default pg_current_xact_id()
                );
                create table if not exists lab.wait (
                    n bigint generated always as identity primary key,
                    at timestamptz not null default clock_timestamp(),
                    task bigint not null, attempt integer not null, until timestamptz not null, moved boolean not null,
                    tx xid8 not null default pg_current_xact_id()
                );
                create table if not exists lab.closing (
                    at timestamptz not null default clock_timestamp(), batch bigint not null, unfinished bigint not null
                );
                create table if not exists lab.before (lane bigint primary key, size integer not null);
                create or replace function lab.note_change() returns trigger language plpgsql
                    security definer set search_path = lab, pg_temp as $$
                begin
                    insert into lab.history (task, was, is_now, attempt, worker, by)
                    values (new.id, old.state, new.state, new.attempt, new.worker, session_user);
                    return null;
                end $$;
                create or replace function lab.note_wait() returns trigger language plpgsql
                    security definer set search_path = lab, pg_temp as $$
                begin
                    insert into lab.wait (task, attempt, until, moved)
                    values (new.task, new.attempt, new.not_before, tg_op = 'UPDATE');
                    return null;
                end $$;
                create or replace function lab.note_closing() returns trigger language plpgsql
                    security definer set search_path = lab, pg_temp as $$
                begin
                    insert into lab.closing (batch, unfinished)
                    select new.id, count(*) filter (where t.state in ('pending', 'running'))
                    from rollcall.lane l
                    join rollcall.task t on t.day = l.day and t.id >= l.id << 24 and t.id < (l.id + 1) << 24
                    where l.batch = new.id;
                    return null;
                end $$;
                create or replace view lab.scope as
                    select t.*, l.batch, l.provider
                    from rollcall.task t
                    join rollcall.lane l on l.id = t.id >> 24
                    left join lab.before m on m.lane = l.id
                    where (t.id & 16777215) >= coalesce(m.size, 0);
                """);
        execute("""
                create or replace trigger lab_history after update on rollcall.task for each row
                    when (old.state is distinct from new.state or old.attempt is distinct from new.attempt)
                    execute function lab.note_change()
                """);
        execute("""
                -- not that a row goes: its hint was acknowledged then, and it is due whenever it was
                create or replace trigger lab_wait after insert or update of not_before on rollcall.retry for each row
                    execute function lab.note_wait()
                """);
        execute("""
                create or replace trigger lab_closing after update of closed_at on rollcall.batch for each row
                    when (old.closed_at is null and new.closed_at is not null)
                    execute function lab.note_closing()
                """);
    }

    /// What is there now is not the next trial's matter.
    public Mark mark() {
        execute("""
                truncate lab.before;
                insert into lab.before select id, size from rollcall.lane;
                """);
        return one("""
                select clock_timestamp() as at, (select coalesce(max(n), 0) from lab.history) as change,
                       (select coalesce(max(id), 0) from rollcall.run) as run
                """, row -> new Mark(at(row, "at"), row.getLong("change"), row.getLong("run")));
    }

    /// Tasks that are not final, and batches that are not closed although all their tasks are.
    public long open() {
        return one("""
                select (select count(*) from lab.scope where state in ('pending', 'running'))
                       + (select count(*) from rollcall.batch b
                          where b.closed_at is null and b.id in (select batch from lab.scope)) as n
                """, row -> row.getLong("n"));
    }

    public boolean isClosed(long batch) {
        return one(
                "select closed_at is not null as closed from rollcall.batch where id = " + batch,
                row -> row.getBoolean("closed"));
    }

    /// How often somebody has asked for a repair, ever.
    public long repairs() {
        return one("select count(*) as n from rollcall.repair", row -> row.getLong("n"));
    }

    /// How often a task that had failed became pending again.
    public long revived() {
        return one("""
                select count(*) as n from lab.history h join lab.scope s on s.id = h.task
                where h.was = 'failed' and h.is_now = 'pending'
                """, row -> row.getLong("n"));
    }

    public long count() {
        return one("select count(*) as n from lab.scope", row -> row.getLong("n"));
    }

    /// Tasks by state.
    public Map<String, Long> states() {
        var states = new HashMap<String, Long>();
        list(
                "select state, count(*) as n from lab.scope group by state",
                row -> states.put(word(row, "state"), row.getLong("n")));
        return states;
    }

    public List<Task> tasks() {
        return list(
                """
                select s.id, s.batch, b.organization, b.kind, i.prompt, s.provider, s.state, s.attempt, s.reason
                from lab.scope s
                join rollcall.batch b on b.id = s.batch
                left join rollcall.item i on i.day = s.day and i.batch = s.batch and i.n = s.id & 16777215
                    and i.prompt is not null
                order by s.id
                """,
                row -> new Task(
                        row.getLong("id"),
                        row.getLong("batch"),
                        word(row, "organization"),
                        word(row, "kind"),
                        wordOrNull(row, "prompt"),
                        word(row, "provider"),
                        word(row, "state"),
                        row.getInt("attempt"),
                        wordOrNull(row, "reason")));
    }

    public List<Ending> endings() {
        return list(
                """
                select a.task, a.attempt, a.worker, a.late, a.outcome, a.reason,
                       substring(a.answer from 'nonce=([0-9a-f]{32})') as nonce,
                       substring(a.answer from 'canary-[a-z]+-[0-9a-f]{8}') as canary, a.claimed_at, a.ended_at
                from lab.scope s
                join rollcall.attempt a on a.day = s.day and a.task = s.id
                order by a.task, a.attempt, a.late
                """,
                row -> new Ending(
                        new Claim(row.getLong("task"), row.getInt("attempt")),
                        row.getLong("worker"),
                        row.getBoolean("late"),
                        word(row, "outcome"),
                        wordOrNull(row, "reason"),
                        row.getString("nonce"),
                        wordOrNull(row, "canary"),
                        at(row, "claimed_at"),
                        at(row, "ended_at")));
    }

    public List<Change> changes(Mark mark) {
        return list(
                "select task, was, is_now, attempt, worker, by, at from lab.history where n > %d order by n"
                        .formatted(mark.change()),
                row -> {
                    long worker = row.getLong("worker");
                    return new Change(
                            row.getLong("task"),
                            word(row, "was"),
                            word(row, "is_now"),
                            row.getInt("attempt"),
                            worker == 0 ? null : worker,
                            word(row, "by"),
                            at(row, "at"));
                });
    }

    /// What the ends of attempts said of the next ones, and what was said of that afterwards. A row that no end has
    /// written is another hint for what was due before: whoever claims in that moment need not have seen it.
    public List<Wait> waits() {
        return list(
                """
                select w.task, w.attempt, greatest(w.until, 'epoch') as until, w.moved, w.at
                from lab.wait w
                join lab.scope s on s.id = w.task
                where w.moved or (w.task, w.attempt, w.tx) in (select task, attempt, tx from lab.history
                                                               where was = 'running' and is_now = 'pending')
                order by w.n
                """,
                row -> new Wait(
                        row.getLong("task"),
                        row.getInt("attempt"),
                        at(row, "until"),
                        row.getBoolean("moved"),
                        at(row, "at")));
    }

    /// Tasks that are not to be claimed yet.
    public long waiting() {
        return one("""
                select count(*) as n from lab.scope s
                join rollcall.retry r on r.task = s.id and r.attempt = s.attempt
                where s.state = 'pending' and r.not_before > clock_timestamp()
                """, row -> row.getLong("n"));
    }

    public List<Incarnation> incarnations() {
        return list(
                "select id, name from rollcall.worker order by id",
                row -> new Incarnation(row.getLong("id"), word(row, "name")));
    }

    public List<Run> runs(Mark mark) {
        return list(
                "select id, kind, day, repeat, key from rollcall.run where id > %d order by id".formatted(mark.run()),
                row -> new Run(
                        row.getLong("id"),
                        word(row, "kind"),
                        Objects.requireNonNull(row.getString("day")),
                        row.getInt("repeat"),
                        Objects.requireNonNull(row.getString("key"))));
    }

    /// Batches that have tasks of this trial, without what is told of them over HTTP.
    public List<Batch> batches() {
        var rows = counts("""
                select s.batch, t.state, count(*) as n
                from (select distinct batch from lab.scope) s
                join rollcall.lane l on l.batch = s.batch
                join rollcall.task t on t.day = l.day and t.id >= l.id << 24 and t.id < (l.id + 1) << 24
                group by s.batch, t.state
                """);
        var tallies = counts("""
                select s.batch, k.state, sum(k.n) as n
                from (select distinct batch from lab.scope) s
                join rollcall.lane l on l.batch = s.batch
                join rollcall.tally t on t.lane = l.id
                cross join lateral (values ('running', t.running), ('succeeded', t.succeeded), ('failed', t.failed),
                                           ('cancelled', t.cancelled)) as k (state, n)
                group by s.batch, k.state
                """);
        return list("""
                select id, organization, kind, run, closed_at is not null as closed
                from rollcall.batch where id in (select batch from lab.scope) order by id
                """, row -> {
            long run = row.getLong("run");
            return new Batch(
                    row.getLong("id"),
                    word(row, "organization"),
                    word(row, "kind"),
                    run == 0 ? null : run,
                    row.getBoolean("closed"),
                    rows.getOrDefault(row.getLong("id"), Map.of()),
                    tallies.getOrDefault(row.getLong("id"), Map.of()),
                    Map.of());
        });
    }

    public List<Closing> closings(Mark mark) {
        return list(
                "select batch, at, unfinished from lab.closing where at > '%s' order by at".formatted(mark.at()),
                row -> new Closing(row.getLong("batch"), at(row, "at"), row.getLong("unfinished")));
    }

    private Map<Long, Map<String, Long>> counts(String sql) {
        var counts = new HashMap<Long, Map<String, Long>>();
        list(sql, row -> counts.computeIfAbsent(row.getLong("batch"), batch -> new HashMap<>())
                .put(word(row, "state"), row.getLong("n")));
        return counts;
    }

    /// Tasks to which a worker of this name has had an answer.
    public long answeredBy(String worker) {
        return one("""
                select count(*) as n from lab.scope s
                join rollcall.attempt a on a.day = s.day and a.task = s.id and a.outcome = 'succeeded'
                join rollcall.worker w on w.id = a.worker
                where w.name = '%s'
                """.formatted(worker), row -> row.getLong("n"));
    }

    /// Tasks that a worker of this name has run for so long.
    public long heldBy(String worker, Duration least) {
        return one("""
                select count(*) as n from lab.scope s
                join rollcall.worker w on w.id = s.worker
                join lab.history h on h.task = s.id and h.attempt = s.attempt and h.is_now = 'running'
                where s.state = 'running' and w.name = '%s'
                  and h.at < clock_timestamp() - interval '%d milliseconds'
                """.formatted(worker, least.toMillis()), row -> row.getLong("n"));
    }

    /// The worker that runs a task of the batch now.
    public Optional<Incarnation> runnerOf(long batch) {
        return list("""
                        select w.id, w.name from lab.scope s join rollcall.worker w on w.id = s.worker
                        where s.batch = %d and s.state = 'running'
                        """.formatted(batch), row -> new Incarnation(row.getLong("id"), word(row, "name"))).stream()
                .findFirst();
    }

    /// Everything the ledger keeps of errors in words, where a secret might be.
    public List<String> details() {
        return list(
                "select detail from rollcall.attempt where detail is not null",
                row -> Objects.requireNonNull(row.getString("detail")));
    }

    public void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LabFailure("the ledger refuses: " + e.getMessage(), e);
        }
    }

    private <T> T one(String sql, Row<T> row) {
        return list(sql, row).getFirst();
    }

    private <T> List<T> list(String sql, Row<T> row) {
        var all = new ArrayList<T>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                all.add(row.read(found));
            }
        } catch (SQLException e) {
            throw new LabFailure("the ledger can't be read: " + e.getMessage(), e);
        }
        return all;
    }

    /// The same few words come a million times.
    private String word(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(wordOrNull(row, column), column);
    }

    private @Nullable String wordOrNull(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : words.computeIfAbsent(text, same -> same);
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column)
                .toInstant();
    }
}
