package dev.rollcall.trigger.change;

import static java.util.stream.Collectors.groupingBy;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// The side table of jobs that are to be cancelled although they run.
public final class JobCancellations {
    private JobCancellations() {}

    /// A job that is to be cancelled and does not run any more.
    public record Returned(long task, LocalDate day, long batch) {}

    /// Cancels these jobs, those that are pending at once; the workers abort the others. Their batch must be locked
    /// ([BatchLocks]).
    ///
    /// @return how many of them were not final, and not asked for before
    public static int cancel(Handle tx, LocalDate day, Collection<Long> tasks) {
        // all of them first: one that is claimed, or comes back, between two statements is found by the sweep
        int jobs = tx.createUpdate("""
                        insert into cancellation (task, day)
                        select t.id, t.day from task t
                        where t.day = :day and t.id = any(:tasks) and t.state in ('pending', 'running')
                        order by t.id
                        on conflict on constraint cancellation_pk do nothing
                        """)
                .bind("day", day)
                .bindArray("tasks", Long.class, tasks)
                .execute();
        settle(tx, day, tasks);
        return jobs;
    }

    /// These jobs are not to be cancelled any more.
    public static void withdraw(Handle tx, Collection<Long> tasks) {
        tx.createUpdate("delete from cancellation where task = any(:tasks)")
                .bindArray("tasks", Long.class, tasks)
                .execute();
    }

    /// Cancels what came back as pending, and forgets what is final.
    static void sweep(Handle handle) {
        List<Returned> returned = handle.createQuery("""
                        select c.task, c.day, l.batch
                        from cancellation c
                        join task t on t.day = c.day and t.id = c.task
                        join lane l on l.id = c.task >> 24
                        where t.state <> 'running'
                        order by c.task
                        """)
                .map(ConstructorMapper.of(Returned.class))
                .list();
        Map<Long, List<Returned>> byBatch = returned.stream().collect(groupingBy(Returned::batch));
        byBatch.forEach((batch, jobs) -> handle.useTransaction(tx ->
                BatchLocks.lockIfFree(tx, batch).ifPresent(locked -> settle(tx, locked.day(), stillAsked(tx, jobs)))));
    }

    /// A retry may have withdrawn some before the batch was locked.
    private static List<Long> stillAsked(Handle tx, List<Returned> jobs) {
        return tx.createQuery("select task from cancellation where task = any(:tasks)")
                .bindArray(
                        "tasks", Long.class, jobs.stream().map(Returned::task).toList())
                .mapTo(Long.class)
                .list();
    }

    private static void settle(Handle tx, LocalDate day, Collection<Long> tasks) {
        Cancellations.cancel(tx, day, TaskRange.covering(tasks), null);
        tx.createUpdate("""
                        delete from cancellation c using task t
                        where c.task = any(:tasks) and t.day = c.day and t.id = c.task
                          and t.state in ('succeeded', 'failed', 'cancelled')
                        """).bindArray("tasks", Long.class, tasks).execute();
    }
}
