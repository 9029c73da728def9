package dev.rollcall.worker.finish;

import dev.rollcall.worker.claim.Claimed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Ends of claims in the ledger: state, attempt, counts and retry of many tasks in one statement.
@ApplicationScoped
class Endings {
    private static final String ENDED = """
            unnest(:tasks, :workers, :attempts, :states, :reasons, :spares, :afters, :outcomes, :details,
                   :claimedAts, :startedAts, :endedAts, :httpStatuses, :models, :tokensIns, :tokensOuts,
                   :finishReasons, :outputs)
            as e (task, worker, attempt, state, reason, spare, after_ms, outcome, detail, claimed_at, started_at,
                  ended_at, http_status, model, tokens_in, tokens_out, finish_reason, output)""";
    private static final String ATTEMPT = """
            insert into attempt (day, task, attempt, worker, late, outcome, reason, detail, claimed_at, started_at,
                                 ended_at, http_status, model, tokens_in, tokens_out, finish_reason, answer)""";

    /// Ends the claims whose tasks are still their worker's, and answers which those are.
    private static final String END = """
            with ended as (
                select e.*,
                       e.state = 'cancelled' and not exists (
                           select from lane l join batch b on b.id = l.batch
                           where l.id = e.task >> 24
                             and (b.cancelled_at is not null
                                  or exists (select from cancellation c where c.task = e.task))) as resumed
                from %s
            ), found as materialized (
                -- the offset keeps the planner from using a part of the key only (ADR 18)
                select e.*, t.place
                from ended e
                cross join lateral (
                    select ctid as place, state, worker, attempt from task
                    where day = :day and id = e.task
                    offset 0
                ) as t
                where t.state = 'running' and t.worker = e.worker and t.attempt = e.attempt
            ), mine as (
                -- who changes it in this moment takes it away, as nothing else changes a running task
                update task t
                set state = case when f.resumed then 'pending' else f.state end,
                    worker = null,
                    spared = t.spared + case when f.resumed then 1 else f.spare end,
                    reason = case when f.state in ('failed', 'cancelled') and not f.resumed then f.reason end
                from found f
                where t.day = :day and t.ctid = f.place
                  and t.state = 'running' and t.worker = f.worker and t.attempt = f.attempt
                returning f.*, t.state as becomes, t.reason as why
            ), written as (
                -- whose task it is has written nothing of this attempt yet
                %s
                select :day, task, attempt, worker, false, case when resumed then 'not_yet' else outcome end,
                       case when resumed then 'interrupted' else reason end, detail,
                       to_timestamp(claimed_at), to_timestamp(started_at), to_timestamp(ended_at),
                       http_status, model, tokens_in, tokens_out, finish_reason, output
                from mine
            ), due as (
                insert into retry (task, day, lane, attempt, not_before)
                select task, :day, task >> 24, attempt,
                       clock_timestamp() + after_ms * interval '1 millisecond'
                from mine where becomes = 'pending'
            ), counted as (
                insert into tally (lane, writer, running, succeeded, failed, cancelled)
                select task >> 24, worker, -count(*),
                       count(*) filter (where becomes = 'succeeded'), count(*) filter (where becomes = 'failed'),
                       count(*) filter (where becomes = 'cancelled')
                from mine group by 1, 2
                order by 1, 2
                on conflict on constraint tally_pk
                do update set running = tally.running + excluded.running,
                              succeeded = tally.succeeded + excluded.succeeded,
                              failed = tally.failed + excluded.failed,
                              cancelled = tally.cancelled + excluded.cancelled,
                              seen_at = clock_timestamp()
            ), failures as (
                insert into failure (lane, writer, reason, tasks)
                select task >> 24, worker, why, count(*)
                from mine where becomes = 'failed' group by 1, 2, 3
                order by 1, 2, 3
                on conflict on constraint failure_pk do update set tasks = failure.tasks + excluded.tasks
            )
            select task, attempt, worker, resumed from mine
            """.formatted(ENDED, ATTEMPT);

    /// Keeps the ends of the others, and answers which of them were written before, and so count.
    private static final String KEEP = """
            with ended as (
                select * from %s
            ), before as (
                -- what this worker has written already; that it died was written by somebody else
                select e.task, e.attempt, e.worker, e.state = 'cancelled' and a.outcome = 'not_yet' as resumed
                from ended e
                cross join lateral (
                    select worker, outcome from attempt
                    where day = :day and task = e.task and attempt = e.attempt and not late
                    offset 0
                ) as a
                where a.worker = e.worker and a.outcome <> 'died'
            ), written as (
                %s
                select :day, task, attempt, worker, true, outcome, reason, detail,
                       to_timestamp(claimed_at), to_timestamp(started_at), to_timestamp(ended_at),
                       http_status, model, tokens_in, tokens_out, finish_reason, output
                from ended
                where (task, attempt, worker) not in (select task, attempt, worker from before)
                on conflict on constraint attempt_pk do nothing
            )
            select task, attempt, worker, resumed from before
            """.formatted(ENDED, ATTEMPT);

    private final Jdbi jdbi;

    Endings(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// A claim of a task, told from every other one.
    public record Counted(long task, int attempt, long worker) {
        static Counted of(Claimed claimed) {
            return new Counted(claimed.task(), claimed.attempt(), claimed.worker());
        }
    }

    /// Ends these claims. One whose task is no longer its worker's is kept as evidence, marked late. One that was
    /// aborted for a cancellation that no longer stands is handed back. Writing the same end twice, because the
    /// answer to the first commit was lost, changes nothing.
    ///
    /// @param day the day all of them belong to
    /// @return the claims whose end counts, and whether theirs is no cancellation any more
    Map<Counted, Boolean> write(LocalDate day, List<Ended> ended) {
        return jdbi.withHandle(handle -> {
            Map<Counted, Boolean> counting = counting(handle, day, ended, END);
            if (counting.size() < ended.size()) {
                List<Ended> others = ended.stream()
                        .filter(e -> !counting.containsKey(Counted.of(e.claimed())))
                        .toList();
                counting.putAll(counting(handle, day, others, KEEP));
            }
            return counting;
        });
    }

    private static Map<Counted, Boolean> counting(Handle handle, LocalDate day, List<Ended> ended, String statement) {
        Map<Counted, Boolean> counting = new HashMap<>();
        bind(handle.createQuery(statement).bind("day", day), ended)
                .map((row, context) -> counting.put(
                        new Counted(row.getLong("task"), row.getInt("attempt"), row.getLong("worker")),
                        row.getBoolean("resumed")))
                .list();
        return counting;
    }

    private static Query bind(Query query, List<Ended> ended) {
        query.bindArray("tasks", Long.class, of(ended, e -> e.claimed().task()))
                .bindArray("workers", Long.class, of(ended, e -> e.claimed().worker()))
                .bindArray("attempts", Integer.class, of(ended, e -> e.claimed().attempt()))
                .bindArray("claimedAts", Double.class, times(ended, e -> e.claimed()
                        .claimedAt()));
        query.bindArray("states", String.class, of(ended, e -> e.ending()
                        .state()
                        .code()))
                .bindArray("reasons", String.class, of(ended, e -> e.ending().reason()))
                .bindArray("spares", Integer.class, of(ended, e -> e.ending().spared() ? 1 : 0))
                .bindArray(
                        "afters", Long.class, of(ended, e -> e.ending().after().toMillis()))
                .bindArray("outcomes", String.class, of(ended, e -> e.ending().outcome()))
                .bindArray("details", String.class, of(ended, e -> e.ending().detail()));
        return query.bindArray(
                        "startedAts", Double.class, times(ended, e -> e.call().startedAt()))
                .bindArray("endedAts", Double.class, times(ended, Ended::endedAt))
                .bindArray(
                        "httpStatuses", Integer.class, of(ended, e -> e.call().httpStatus()))
                .bindArray("models", String.class, of(ended, e -> e.call().model()))
                .bindArray("tokensIns", Integer.class, of(ended, e -> e.call().tokensIn()))
                .bindArray("tokensOuts", Integer.class, of(ended, e -> e.call().tokensOut()))
                .bindArray(
                        "finishReasons", String.class, of(ended, e -> e.call().finishReason()))
                .bindArray("outputs", String.class, of(ended, Ended::output));
    }

    private interface Column<T> {
        @Nullable
        T of(Ended ended);
    }

    private static <T> List<@Nullable T> of(List<Ended> ended, Column<T> column) {
        List<@Nullable T> values = new ArrayList<>(ended.size());
        ended.forEach(e -> values.add(column.of(e)));
        return values;
    }

    /// Seconds since 1970, exact to the microsecond: the driver sends arrays of times as text.
    private static List<@Nullable Double> times(List<Ended> ended, Column<Instant> column) {
        return of(ended, e -> {
            Instant time = column.of(e);
            return time == null ? null : time.getEpochSecond() + time.getNano() / 1e9;
        });
    }

    /// Drops the side rows of claims that are finished and announced, all of them.
    ///
    /// @param told the tasks among them that may have said how far they were
    void forget(Collection<Long> claims, Collection<Long> told) {
        jdbi.useHandle(handle -> {
            if (!told.isEmpty()) {
                // a task that is tried again has its say at another attempt
                handle.createUpdate("""
                                delete from progress p
                                where p.task = any(:tasks)
                                  and not exists (select from task t where t.day = p.day and t.id = p.task
                                                  and t.state = 'running' and t.attempt = p.attempt)
                                """).bindArray("tasks", Long.class, told).execute();
            }
            handle.createUpdate("delete from claim where id = any(:claims)")
                    .bindArray("claims", Long.class, claims)
                    .execute();
        });
    }
}
