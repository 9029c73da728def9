package dev.rollcall.trigger.dispatch;

import dev.rollcall.message.RunNews;
import dev.rollcall.trigger.plan.RunConfig;
import jakarta.enterprise.context.ApplicationScoped;
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
        return tx.createQuery("""
                        with lanes as (
                            select l.id, l.day, l.size
                            from batch b join lane l on l.batch = b.id
                            where b.run = :run and b.cancelled_at is null
                        ), again as (
                            -- every claim so far is spared: the budget starts anew, the fence goes on rising
                            update task t
                            set state = 'pending', reason = null, spared = t.attempt
                            from lanes l
                            where t.day = l.day and t.id >= l.id << 24 and t.id < (l.id << 24) + l.size
                              and t.state = 'failed'
                            returning t.id, t.day, t.attempt, l.id as lane
                        ), due as (
                            insert into retry (task, day, lane, attempt, not_before)
                            select id, day, lane, attempt, clock_timestamp() from again
                            on conflict on constraint retry_pk do nothing
                        ), counted as (
                            insert into tally (lane, writer, failed)
                            select lane, 0, -count(*) from again group by lane order by lane
                            on conflict on constraint tally_pk do update set failed = tally.failed + excluded.failed
                        ), reopened as (
                            update batch b set closed_at = null
                            where b.closed_at is not null
                              and b.id in (select l.batch from lane l where l.id in (select lane from again))
                            returning b.run
                        ), run_reopened as (
                            -- what is due again has as long as a run that is opened now
                            update run
                            set closed_at = case when exists (select from reopened) then null else closed_at end,
                                deadline = greatest(deadline, clock_timestamp() + :wallLimit)
                            where id = :run and exists (select from again)
                        ), skipped as (
                            select count(*) as n from lanes l
                            join task t on t.day = l.day and t.id >= l.id << 24 and t.id < (l.id << 24) + l.size
                            where t.state in ('pending', 'running')
                        )
                        update repair
                        set done_at = clock_timestamp(), made_due = (select count(*) from again), skipped = (select n from skipped)
                        where id = :repair
                        returning made_due, skipped
                        """)
                .bind("run", repair.run())
                .bind("repair", repair.id())
                .bind("wallLimit", config.wallLimit())
                .map(ConstructorMapper.of(Served.class))
                .one();
    }
}
