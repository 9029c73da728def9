package dev.rollcall.postcheck;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// A run in the ledger, seen from outside: every task has succeeded until a test says otherwise. Organizations are
/// `org-01`, `org-02`, ..., prompts `p1`, `p2`, ...
public record Night(long run, LocalDate day) {
    public static final LocalDate DAY = LocalDate.parse("2026-11-21");
    private static final Jdbi OWNER = Ledger.over(Backends.adminDataSource());

    public static Night open(LocalDate day, int repeat, int organizations, int prompts, String... providers) {
        return OWNER.inTransaction(handle -> {
            handle.execute("select open_day(?)", day);
            long run = handle.createQuery("""
                            insert into run (kind, day, repeat, key, zone, deadline, planned, expected_hash)
                            values ('daily', :day, :repeat, 'daily:' || :day || case when :repeat = 1 then '' else '#' || :repeat end,
                                    'America/New_York', clock_timestamp() + interval '12 hours', :planned, '\\xCAFE')
                            returning id
                            """)
                    .bind("day", day)
                    .bind("repeat", repeat)
                    .bind("planned", organizations * prompts * providers.length)
                    .mapTo(Long.class)
                    .one();
            handle.execute("""
                            insert into batch (run, organization, organization_name, day, planned)
                            select ?, 'org-' || lpad(n::text, 2, '0'), 'Organization ' || n, ?, ?
                            from generate_series(1, ?) as n
                            """, run, day, prompts * providers.length, organizations);
            handle.execute("""
                            insert into item (day, batch, n, prompt, body)
                            select b.day, b.id, n - 1, 'p' || n, 'What is ' || n || '?'
                            from batch b, generate_series(1, ?) as n
                            where b.run = ?
                            """, prompts, run);
            handle.execute("""
                            insert into lane (batch, organization, day, provider, size)
                            select b.id, b.organization, b.day, p, ? from batch b, unnest(?) as p where b.run = ?
                            """, prompts, providers, run);
            handle.execute("""
                            insert into task (id, day, state, attempt)
                            select l.id << 24 | i.n, l.day, 'succeeded', 1
                            from batch b join lane l on l.batch = b.id join item i on i.day = l.day and i.batch = b.id
                            where b.run = ?
                            """, run);
            return new Night(run, day);
        });
    }

    /// Puts a task into a state, as if it had come there: the row is written anew.
    public Night task(
            String organization, String prompt, String provider, String state, int attempts, @Nullable String code) {
        OWNER.useHandle(handle -> handle.createUpdate("""
                        insert into task (id, day, state, worker, attempt, reason)
                        values (:id, :day, :state, case when :state = 'running' then 7 end, :attempts, :code)
                        """)
                .bind("day", day)
                .bind("id", remove(organization, prompt, provider))
                .bind("state", state)
                .bind("attempts", attempts)
                .bind("code", code)
                .execute());
        return this;
    }

    /// Removes a task's row, which nothing in the system ever does.
    long remove(String organization, String prompt, String provider) {
        long id = id(organization, prompt, provider);
        OWNER.useHandle(handle -> handle.execute("delete from task where day = ? and id = ?", day, id));
        return id;
    }

    Night attempt(String organization, String prompt, String provider, int attempt, int status, String detail) {
        OWNER.useHandle(handle ->
                handle.execute("""
                insert into attempt (task, worker, claimed_at, ended_at, day, attempt, outcome, reason, http_status, detail)
                values (?, 7, '2026-11-21T08:01:00Z', timestamptz '2026-11-21T08:02:00Z' + ? * interval '1 minute', ?, ?,
                        'retry', 'http_' || ?, ?, ?)
                """, id(organization, prompt, provider), attempt, day, attempt, status, status, detail));
        return this;
    }

    public static void execute(String sql, Object... values) {
        OWNER.useHandle(handle -> handle.execute(sql, values));
    }

    public static long count(String from) {
        return OWNER.withHandle(handle -> handle.createQuery("select count(*) from " + from)
                .mapTo(Long.class)
                .one());
    }

    public static List<String> strings(String sql) {
        return OWNER.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    /// Plays the trigger: serves every waiting repair.
    ///
    /// @return how many
    static int serveRepairs(int madeDue, int skipped) {
        return OWNER.withHandle(handle -> handle.execute(
                "update repair set done_at = clock_timestamp(), made_due = ?, skipped = ? where done_at is null",
                madeDue,
                skipped));
    }

    private long id(String organization, String prompt, String provider) {
        return OWNER.withHandle(handle -> handle.createQuery("""
                        select l.id << 24 | i.n
                        from batch b join lane l on l.batch = b.id join item i on i.day = b.day and i.batch = b.id
                        where b.run = :run and b.organization = :organization and l.provider = :provider and i.prompt = :prompt
                        """)
                .bind("run", run)
                .bind("organization", organization)
                .bind("provider", provider)
                .bind("prompt", prompt)
                .mapTo(Long.class)
                .one());
    }
}
