package dev.rollcall.trigger.access;

import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// An organization with a row in every table that can hold one of its own, and its mark in every text. Nothing of
/// it is due, so that the dispatcher leaves it as it is.
///
/// @param mark stands in every text that is the organization's
/// @param key of every scope
/// @param ids by the names that a case's address may have: `batch`, `task`, `job`, `failedJob`, `runningJob`,
///     `key`, `run`
record Tenant(String organization, String mark, String key, Map<String, String> ids) {
    private static final String DAY = "2026-11-20";
    private static final int ITEM_BITS = 24;

    static Tenant settle(Jdbi owner, String organization) {
        String mark = "MARK-OF-" + organization;
        owner.useHandle(handle -> {
            handle.execute("select open_day('%s')".formatted(DAY));
            handle.execute("insert into organization (id, name) values (?, ?)", organization, mark);
            handle.execute("insert into prompt (organization, id, text) values (?, ?, ?)", organization, mark, mark);
        });
        String key = TestKeys.of(organization, "read", "write", "operate");
        return owner.inTransaction(tx -> {
            tx.execute("update api_key set name = ? where organization = ?", mark, organization);
            tx.execute("insert into signing_secret (organization, secret) values (?, ?)", organization, mark);
            tx.execute(
                    "insert into audit (who, what, organization, target, result) values (?, ?, ?, ?, ?)",
                    mark,
                    "batch.pause",
                    organization,
                    mark,
                    mark);
            long run = run(tx, organization, mark);
            long batch = rows(tx, organization, mark);
            long lane = id(tx, "select id from lane where batch = ?", batch);
            long jobs = jobs(tx, organization, mark);
            return new Tenant(
                    organization,
                    mark,
                    key,
                    Map.of(
                            "run", Long.toString(run),
                            "batch", Long.toString(batch),
                            "task", Long.toString(lane << ITEM_BITS),
                            "job", Long.toString(jobs << ITEM_BITS),
                            "failedJob", Long.toString(jobs << ITEM_BITS | 1),
                            "runningJob", Long.toString(jobs << ITEM_BITS | 2),
                            "key", key.split("_")[1]));
        });
    }

    private static long run(Handle tx, String organization, String mark) {
        long run = id(tx, """
                insert into run (kind, day, repeat, key, zone, deadline, planned, expected_hash)
                select 'daily', cast(? as date), 1 + count(*), ?, 'UTC', clock_timestamp() + interval '1 day', 1, ''
                from run returning id
                """, DAY, mark);
        long batch = id(tx, """
                insert into batch (run, organization, organization_name, day, planned)
                values (?, ?, ?, cast(? as date), 1) returning id
                """, run, organization, mark, DAY);
        tx.execute(
                "insert into item (day, batch, n, prompt, body) values (cast(? as date), ?, 0, ?, ?)",
                DAY,
                batch,
                mark,
                mark);
        task(tx, lane(tx, organization, batch, "elsewhere", 1), 0, "pending");
        return run;
    }

    private static long rows(Handle tx, String organization, String mark) {
        long batch = id(tx, """
                insert into batch (kind, organization, organization_name, name, template, columns, day, planned, created_by)
                values ('rows', ?, ?, ?, ?, array [?], cast(? as date), 2, ?) returning id
                """, organization, mark, mark, mark, mark, DAY, mark);
        long lane = lane(tx, organization, batch, "elsewhere", 2);
        tx.execute("""
                insert into item (day, batch, n, cells)
                select cast(? as date), ?, n, array [?] from generate_series(0, 1) as n
                """, DAY, batch, mark);
        task(tx, lane, 0, "failed");
        task(tx, lane, 1, "pending");
        tx.execute("""
                insert into attempt (task, worker, claimed_at, ended_at, day, attempt, outcome, reason, detail, answer)
                values (? << 24, 7, clock_timestamp(), clock_timestamp(), cast(? as date), 1, 'failed', 'test', ?, ?)
                """, lane, DAY, mark, mark);
        tx.execute("insert into tally (lane, writer, failed) values (?, 7, 1)", lane);
        tx.execute("insert into failure (lane, writer, reason, tasks) values (?, 7, 'test', 1)", lane);
        tx.execute(
                "insert into hook (organization, url, batch, day) values (?, ?, ?, cast(? as date))",
                organization,
                "http://127.0.0.1:9/" + mark,
                batch,
                DAY);
        tx.execute("""
                insert into idempotency (organization, key, what, request_hash, answer) values (?, ?, 'batch', '', ?)
                """, organization, mark, batch);
        return batch;
    }

    /// @return the jobs' lane
    private static long jobs(Handle tx, String organization, String mark) {
        long batch = id(tx, """
                insert into batch (kind, organization, organization_name, day, planned, max_attempts, created_by)
                values ('jobs', ?, ?, cast(? as date), 3, 4, ?) returning id
                """, organization, mark, DAY, mark);
        long lane = lane(tx, organization, batch, "http", 3);
        tx.execute("""
                insert into item (day, batch, n, body, created_at)
                select cast(? as date), ?, n, ?, clock_timestamp() from generate_series(0, 2) as n
                """, DAY, batch, "{\"url\":\"http://127.0.0.1:9/%s\"}".formatted(mark));
        task(tx, lane, 0, "pending");
        task(tx, lane, 1, "failed");
        task(tx, lane, 2, "running");
        tx.execute("""
                insert into retry (task, day, lane, attempt, not_before)
                values (? << 24, cast(? as date), ?, 0, clock_timestamp() + interval '1 hour')
                """, lane, DAY, lane);
        tx.execute("insert into cancellation (task, day) values (? << 24 | 2, cast(? as date))", lane, DAY);
        tx.execute("""
                insert into progress (task, day, attempt, percent, note) values (? << 24 | 2, cast(? as date), 1, 50, ?)
                """, lane, DAY, mark);
        tx.execute("insert into tally (lane, writer, running, failed) values (?, 7, 1, 1)", lane);
        tx.execute("insert into failure (lane, writer, reason, tasks) values (?, 7, 'test', 1)", lane);
        return lane;
    }

    /// A lane all of whose tasks have been hinted.
    private static long lane(Handle tx, String organization, long batch, String queue, int size) {
        return id(tx, """
                insert into lane (batch, organization, day, provider, size, next)
                values (?, ?, cast(? as date), ?, ?, ?) returning id
                """, batch, organization, DAY, queue, size, size);
    }

    private static void task(Handle tx, long lane, int item, String state) {
        tx.execute("""
                insert into task (day, id, state, worker, attempt, reason)
                select cast(? as date), ? << 24 | ?, state, case when state = 'running' then 7 end,
                       case when state = 'pending' then 0 else 1 end, case when state = 'failed' then 'test' end
                from (values (?)) as wanted (state)
                """, DAY, lane, item, state);
    }

    private static long id(Handle tx, String statement, Object... values) {
        return tx.select(statement, values).mapTo(Long.class).one();
    }
}
