package dev.rollcall.trigger.dispatch;

import static java.util.stream.Collectors.groupingBy;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.message.RunNews;
import dev.rollcall.trigger.change.BatchLocks;
import dev.rollcall.trigger.change.Revivals;
import dev.rollcall.trigger.change.TaskRange;
import dev.rollcall.trigger.plan.RunConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Repairs that were asked: what failed becomes due again, in the same run and with a fresh budget of attempts.
@ApplicationScoped
class Repairs {
    private static final Logger LOG = Logger.getLogger(Repairs.class);

    private final RunConfig config;

    Repairs(RunConfig config) {
        this.config = config;
    }

    /// A repair that waits to be served.
    public record Asked(long id, long run, String runKey) {}

    /// What a repair did.
    public record Served(int madeDue, int skipped) {}

    /// @return the news to announce
    List<RunNews> serve(Handle handle) {
        List<Asked> waiting =
                handle.createQuery("""
                        select p.id, p.run, r.key as run_key
                        from repair p join run r on r.id = p.run
                        where p.done_at is null
                        order by p.id
                        """).map(ConstructorMapper.of(Asked.class)).list();
        List<RunNews> news = new ArrayList<>();
        for (Asked repair : waiting) {
            Served served = handle.inTransaction(tx -> serve(tx, repair));
            LOG.infof(
                    "repair %d of run %s: %d tasks due again, %d in flight or due already",
                    repair.id(), repair.runKey(), served.madeDue(), served.skipped());
            news.add(new RunNews(RunNews.What.REPAIRED, repair.run(), repair.runKey()));
        }
        return news;
    }

    private Served serve(Handle tx, Asked repair) {
        List<Lane> lanes = lockedLanes(tx, repair.run());
        int madeDue = 0;
        for (var day : lanes.stream().collect(groupingBy(Lane::day)).entrySet()) {
            List<TaskRange> tasks = day.getValue().stream()
                    .map(lane -> TaskRange.ofLane(lane.id(), lane.size()))
                    .toList();
            madeDue += Revivals.revive(tx, day.getKey(), tasks, TaskState.FAILED);
        }
        if (madeDue > 0) {
            reopen(tx, repair.run());
        }
        return note(tx, repair, madeDue);
    }

    /// A lane that a repair may revive.
    public record Lane(long id, LocalDate day, int size) {}

    private static List<Lane> lockedLanes(Handle tx, long run) {
        List<Long> batches = tx.createQuery("select id from batch where run = :run and cancelled_at is null")
                .bind("run", run)
                .mapTo(Long.class)
                .list();
        BatchLocks.lock(tx, batches);
        return tx.createQuery("""
                        select l.id, l.day, l.size
                        from batch b join lane l on l.batch = b.id
                        where b.run = :run and b.cancelled_at is null
                        order by l.id
                        """)
                .bind("run", run)
                .map(ConstructorMapper.of(Lane.class))
                .list();
    }

    /// What is due again has as long as a run that is opened now.
    private void reopen(Handle tx, long run) {
        tx.createUpdate("""
                        with reopened as (
                            update batch b set closed_at = null
                            where b.run = :run and b.closed_at is not null
                              and b.planned > (select coalesce(sum(t.succeeded + t.failed + t.cancelled), 0)
                                               from lane l join tally t on t.lane = l.id
                                               where l.batch = b.id)
                            returning b.id
                        )
                        update run
                        set closed_at = case when exists (select from reopened) then null else closed_at end,
                            deadline = greatest(deadline, clock_timestamp() + :wallLimit)
                        where id = :run
                        """)
                .bind("run", run)
                .bind("wallLimit", config.wallLimit())
                .execute();
    }

    private static Served note(Handle tx, Asked repair, int madeDue) {
        return tx.createQuery("""
                        with told as (
                            select coalesce(sum(t.succeeded + t.failed + t.cancelled), 0) as ended
                            from batch b join lane l on l.batch = b.id join tally t on t.lane = l.id
                            where b.run = :run and b.cancelled_at is null
                        )
                        update repair
                        set done_at = clock_timestamp(), made_due = :madeDue,
                            skipped = (select coalesce(sum(b.planned), 0) from batch b where b.run = :run and b.cancelled_at is null)
                                      - (select ended from told) - :madeDue
                        where id = :repair
                        returning made_due, skipped
                        """)
                .bind("run", repair.run())
                .bind("repair", repair.id())
                .bind("madeDue", madeDue)
                .map(ConstructorMapper.of(Served.class))
                .one();
    }
}
