package dev.rollcall.testing;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/// The ledger from outside: rows to begin with, and counts to judge by. Row builders name only what matters.
///
/// ```java
/// var ledger = new LedgerFixture(Backends.adminDataSource()).clean();
/// ledger.organization("acme").prompts(3);
/// ledger.provider("p1").concurrency(4);
/// ```
public final class LedgerFixture {

    private final Sql sql;

    /// @param owner connections that may do everything
    public LedgerFixture(DataSource owner) {
        this.sql = new Sql(owner);
    }

    /// Empties all tables and starts their numbers anew; days keep their partitions, the ledger its age.
    public LedgerFixture clean() {
        sql.execute("""
                do $$ begin
                    -- where a service's transaction and this one wait for each other, it is the service's that is given up
                    perform set_config('deadlock_timeout', '1min', true);
                    execute (select 'truncate ' || string_agg(oid::regclass::text, ', ') || ' restart identity'
                             from pg_class
                             where relnamespace = 'rollcall'::regnamespace
                               and relkind in ('r', 'p') and not relispartition
                               and relname not in ('flyway_schema_history', 'installation', 'handler'));
                end $$
                """);
        return this;
    }

    /// An active organization without prompts.
    public OrganizationRow organization(String id) {
        sql.execute("insert into organization (id, name) values (?, ?)", id, id);
        return new OrganizationRow(sql, id);
    }

    /// An active provider that speaks OpenAI's protocol, at a port where nobody listens.
    public ProviderRow provider(String id) {
        sql.execute(
                "insert into provider (id, protocol, base_url, model) values (?, 'openai', 'http://127.0.0.1:9', 'm')",
                id);
        return new ProviderRow(sql, id);
    }

    /// A planned lane with all its pending tasks, nothing of it dispatched: a run and a batch of its own.
    public LaneRow lane(String organization, String provider, LocalDate day, int size) {
        return LaneRow.insert(sql, organization, provider, day, size);
    }

    /// A batch of rows without rows yet: a lane a provider, nothing of it dispatched, four attempts a task.
    public BatchRow rows(String organization, String... providers) {
        return BatchRow.insert(sql, organization, providers);
    }

    /// Every state that a task is in, with the number of its tasks.
    public Map<String, Long> tasksByState() {
        var counts = new TreeMap<String, Long>();
        sql.query(row -> Map.entry(row.getString(1), row.getLong(2)), "select state, count(*) from task group by state")
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /// Counts the tasks' rows and compares with what the tallies say, of states, of reasons and of what waits to be
    /// tried again. Empty if they agree.
    public List<Drift> recount() {
        return sql.query(row -> new Drift(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)), """
                with counted as (
                    select id >> 24 as lane, state, count(*) as n from task where state <> 'pending' group by 1, 2
                    union all
                    select id >> 24, 'failed: ' || reason, count(*) from task where state = 'failed' group by 1, 2
                    union all
                    select lane, 'waiting', count(*) from retry group by 1, 2
                ), told as (
                    select lane, state, sum(n) as n
                    from tally, lateral (values ('running', running), ('succeeded', succeeded),
                                                ('failed', failed), ('cancelled', cancelled),
                                                ('waiting', waiting)) as t (state, n)
                    group by 1, 2
                    union all
                    select lane, 'failed: ' || reason, sum(tasks) from failure group by 1, 2
                )
                select lane, state, coalesce(counted.n, 0), coalesce(told.n, 0)
                from counted full join told using (lane, state)
                where coalesce(counted.n, 0) <> coalesce(told.n, 0)
                order by lane, state
                """);
    }

    /// A lane's count that isn't the number of its rows.
    ///
    /// @param rows tasks in that state
    /// @param told what the tallies sum up to
    public record Drift(long lane, String state, long rows, long told) {}
}
