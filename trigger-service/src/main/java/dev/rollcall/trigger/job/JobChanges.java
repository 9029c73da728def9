package dev.rollcall.trigger.job;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.message.BatchNews;
import dev.rollcall.trigger.access.Audit;
import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.change.BatchLocks;
import dev.rollcall.trigger.change.JobCancellations;
import dev.rollcall.trigger.change.Revivals;
import dev.rollcall.trigger.change.TaskRange;
import dev.rollcall.trigger.job.JobMatches.Match;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Cancels jobs, or tries them again. The batch they gather in is locked meanwhile.
@ApplicationScoped
class JobChanges {
    /// Jobs a transaction, and a record of news: that must not grow beyond what is read.
    private static final int PORTION = 5_000;

    private final Jdbi jdbi;
    private final Event<BatchNews> news;

    JobChanges(Jdbi jdbi, Event<BatchNews> news) {
        this.jdbi = jdbi;
        this.news = news;
    }

    /// @throws ClientErrorException (409) when the action cannot be meant for the job as it is
    void apply(Caller who, JobAction action, JobRow job) {
        List<Long> tasks = List.of(job.task());
        int changed = jdbi.inTransaction(tx -> {
            BatchLocks.lock(tx, job.batch());
            TaskState state = state(tx, job);
            if (!action.suits(state)) {
                throw new ClientErrorException(
                        "job %d cannot be %s: it is %s"
                                .formatted(
                                        job.task(),
                                        action == JobAction.CANCEL ? "cancelled" : "tried again",
                                        JobStatus.of(state).code()),
                        Status.CONFLICT);
            }
            int done = act(tx, action, job.batch(), job.day(), tasks);
            if (done > 0) {
                Audit.note(tx, who, "job." + action.code(), job.organization(), Long.toString(job.task()), "done");
            }
            return done;
        });
        if (changed > 0) {
            news.fire(new BatchNews(action.news(), job.batch(), tasks));
        }
    }

    /// As many as can be; those for which the action cannot be meant are left as they are.
    ///
    /// @return how many were changed
    int apply(Caller who, String organization, JobAction action, List<Match> jobs) {
        Map<Long, List<Match>> byBatch = jobs.stream().collect(groupingBy(Match::batch, TreeMap::new, toList()));
        int changed = byBatch.entrySet().stream()
                .mapToInt(batch -> apply(action, batch.getKey(), batch.getValue()))
                .sum();
        jdbi.useHandle(handle -> Audit.note(
                handle,
                who,
                "job." + action.code(),
                organization,
                null,
                "%d of %d jobs".formatted(changed, jobs.size())));
        return changed;
    }

    private int apply(JobAction action, long batch, List<Match> jobs) {
        int changed = 0;
        for (int from = 0; from < jobs.size(); from += PORTION) {
            List<Match> portion = jobs.subList(from, Math.min(from + PORTION, jobs.size()));
            List<Long> tasks = portion.stream().map(Match::task).toList();
            int done = jdbi.inTransaction(tx -> {
                BatchLocks.lock(tx, batch);
                return act(tx, action, batch, portion.getFirst().day(), tasks);
            });
            if (done > 0) {
                news.fire(new BatchNews(action.news(), batch, tasks));
            }
            changed += done;
        }
        return changed;
    }

    private static TaskState state(Handle tx, JobRow job) {
        return TaskState.of(tx.createQuery("select state from task where day = :day and id = :task")
                .bind("day", job.day())
                .bind("task", job.task())
                .mapTo(String.class)
                .one());
    }

    private static int act(Handle tx, JobAction action, long batch, LocalDate day, List<Long> tasks) {
        return switch (action) {
            case CANCEL -> JobCancellations.cancel(tx, day, tasks);
            case RETRY -> {
                JobCancellations.withdraw(tx, tasks);
                int revived =
                        Revivals.revive(tx, day, TaskRange.covering(tasks), TaskState.FAILED, TaskState.CANCELLED);
                if (revived > 0) {
                    tx.execute("update batch set closed_at = null where id = ?", batch);
                }
                yield revived;
            }
        };
    }
}
