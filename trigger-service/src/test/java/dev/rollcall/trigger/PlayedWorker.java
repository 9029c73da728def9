package dev.rollcall.trigger;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Claims and ends tasks in the ledger as a worker does, with states, fences, counts, retries and attempts.
public final class PlayedWorker {
    private static final int INCARNATION = 7;

    private final Jdbi ledger = Ledger.over(Backends.adminDataSource());

    /// How a claim may end.
    public enum End {
        SUCCEEDED("succeeded"),
        FAILED("failed"),
        RETRY("pending"),
        ABORTED("cancelled");

        private final String state;

        End(String state) {
            this.state = state;
        }
    }

    /// Claims what has been hinted: so its rows in the side table of retries are gone.
    ///
    /// @return those it got
    public List<Long> claim(Collection<Long> tasks) {
        return ledger.withHandle(handle -> handle.createQuery("""
                        with wanted as (
                            select t.id, t.day
                            from task t join lane l on l.id = t.id >> 24 join batch b on b.id = l.batch
                            where t.day = l.day and t.id = any(:tasks) and t.state = 'pending'
                              and t.attempt - t.spared < b.max_attempts and b.cancelled_at is null
                            for update of t skip locked
                        ), mine as (
                            update task t set state = 'running', attempt = t.attempt + 1, worker = :worker
                            from wanted w where t.day = w.day and t.id = w.id
                            returning t.id
                        ), hinted as (
                            delete from retry r using mine m where r.task = m.id
                        ), counted as (
                            insert into tally (lane, writer, running)
                            select id >> 24, :worker, count(*) from mine group by 1 order by 1
                            on conflict on constraint tally_pk do update set running = tally.running + excluded.running
                        )
                        select id from mine order by id
                        """)
                .bindArray("tasks", Long.class, tasks)
                .bind("worker", INCARNATION)
                .mapTo(Long.class)
                .list());
    }

    public void end(long task, End end) {
        end(task, end, null);
    }

    /// @param answer what a success says
    public void end(long task, End end, @Nullable String answer) {
        ledger.useHandle(handle -> handle.createUpdate("""
                        with mine as (
                            update task t
                            set state = :state, worker = null,
                                reason = case :state when 'failed' then 'http_500' when 'cancelled' then 'cancelled' end
                            from lane l
                            where l.id = :task >> 24 and t.day = l.day and t.id = :task and t.state = 'running'
                            returning t.id, t.day, l.id as lane, t.attempt, t.state, t.reason
                        ), written as (
                            insert into attempt (day, task, attempt, worker, outcome, reason, detail, claimed_at, ended_at, answer)
                            select day, id, attempt, :worker, case state when 'pending' then 'retry' else state end,
                                   case state when 'pending' then 'http_500' else reason end,
                                   case when state in ('pending', 'failed') then 'the endpoint is on fire' end,
                                   clock_timestamp(), clock_timestamp(), :answer
                            from mine
                        ), due as (
                            insert into retry (task, day, lane, attempt, not_before)
                            select id, day, lane, attempt, clock_timestamp() from mine where state = 'pending'
                        ), failed as (
                            insert into failure (lane, writer, reason, tasks)
                            select lane, :worker, reason, 1 from mine where state = 'failed'
                            on conflict on constraint failure_pk do update set tasks = failure.tasks + 1
                        )
                        insert into tally (lane, writer, running, succeeded, failed, cancelled)
                        select lane, :worker, -1, (state = 'succeeded')::integer, (state = 'failed')::integer,
                               (state = 'cancelled')::integer
                        from mine
                        on conflict on constraint tally_pk
                        do update set running = tally.running + excluded.running,
                                      succeeded = tally.succeeded + excluded.succeeded,
                                      failed = tally.failed + excluded.failed,
                                      cancelled = tally.cancelled + excluded.cancelled
                        """)
                .bind("task", task)
                .bind("state", end.state)
                .bind("worker", INCARNATION)
                .bind("answer", answer)
                .execute());
    }
}
