package dev.rollcall.trigger.job;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.TaskId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Whom to tell when a batch or a job is final. Telling is a job of type `webhook`, so that the ledger tries it again;
/// it is appended in the transaction that marks the hook as told, so it is told once.
@ApplicationScoped
public class Hooks {
    private static final Logger LOG = Logger.getLogger(Hooks.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /// A look costs so much and no more, however many wait; the next one goes on where it ended.
    private static final int LOOK_AT = 5_000;
    private static final int ATTEMPTS = 10;

    private final Jobs jobs;
    private final InstantSource clock;
    private final Set<String> troubled = new HashSet<>();
    private long after;
    private long servedAt = System.nanoTime() - EVERY.toNanos();

    Hooks(Jobs jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /// Somebody is to be told when this job is final.
    static void add(Handle tx, long job, String url) {
        tx.createUpdate("""
                        insert into hook (organization, url, batch, day, task)
                        select organization, :url, batch, day, :job from lane where id = :lane
                        """)
                .bind("url", url)
                .bind("job", job)
                .bind("lane", new TaskId(job).lane())
                .execute();
    }

    /// Tells whoever waits for what is final by now. Does so once a second, however often it is called, and only by the
    /// dispatcher, as it remembers where it was.
    public void serve(Handle handle) {
        if (System.nanoTime() - servedAt < EVERY.toNanos()) {
            return;
        }
        servedAt = System.nanoTime();
        tell(handle);
    }

    /// @return how many were told
    int tell(Handle handle) {
        Looked looked = look(handle);
        if (looked.hooks() == 0) {
            after = 0;
            return 0;
        }
        int told = due(handle, looked.last()).stream()
                .collect(groupingBy(Completion::organization, LinkedHashMap::new, toList()))
                .entrySet()
                .stream()
                .mapToInt(whose -> tell(handle, whose.getKey(), whose.getValue()))
                .sum();
        after = looked.hooks() < LOOK_AT ? 0 : looked.last();
        return told;
    }

    /// How far a look goes.
    public record Looked(int hooks, long last) {}

    private Looked look(Handle handle) {
        return handle.createQuery("""
                        select count(*) as hooks, coalesce(max(id), 0) as last
                        from (select id from hook where told_at is null and id > :after order by id limit :most) as page
                        """)
                .bind("after", after)
                .bind("most", LOOK_AT)
                .map(ConstructorMapper.of(Looked.class))
                .one();
    }

    private List<Completion> due(Handle handle, long last) {
        return handle.createQuery("""
                        select h.id, h.organization, h.url, h.batch, h.task, b.name, t.state, t.reason, t.attempt,
                               b.cancelled_at is not null as cancelled, b.planned,
                               c.succeeded, c.failed, c.cancelled as stopped
                        from hook h
                        join batch b on b.id = h.batch
                        -- the limit makes it a look by key for each, however large the day is
                        left join lateral (
                            select state, reason, attempt from task where day = h.day and id = h.task limit 1
                        ) as t on true
                        left join lateral (
                            select sum(succeeded) as succeeded, sum(failed) as failed, sum(n.cancelled) as cancelled
                            from lane l join tally n on n.lane = l.id
                            where l.batch = b.id and h.task is null
                        ) as c on true
                        where h.told_at is null and h.id > :after and h.id <= :last
                          and case when h.task is null then b.closed_at is not null
                              else t.state in ('succeeded', 'failed', 'cancelled') end
                        order by h.id
                        """)
                .bind("after", after)
                .bind("last", last)
                .map(ConstructorMapper.of(Completion.class))
                .list();
    }

    /// One organization's trouble, such as a day that has too many jobs, is no other one's: it waits for the next look.
    private int tell(Handle handle, String organization, List<Completion> due) {
        try {
            int told = handle.inTransaction(tx -> append(tx, organization, due));
            if (troubled.remove(organization)) {
                LOG.infof("the webhooks of %s go on", organization);
            }
            return told;
        } catch (JdbiException | NotFoundException e) {
            if (e instanceof JdbiException failure && Ledger.isPassing(failure)) {
                throw e;
            }
            if (troubled.add(organization)) {
                LOG.errorf(e, "%d webhooks of %s can't be told and wait", due.size(), organization);
            }
            return 0;
        }
    }

    private int append(Handle tx, String organization, List<Completion> due) {
        Set<Long> untold = tx.createQuery("""
                        update hook set told_at = clock_timestamp() where id = any(:hooks) and told_at is null returning id
                        """)
                .bindArray("hooks", Long.class, due.stream().map(Completion::id).toList())
                .mapTo(Long.class)
                .set();
        List<NewJob> news = due.stream()
                .filter(completion -> untold.contains(completion.id()))
                .map(completion -> new NewJob(
                        JobTypes.WEBHOOK, JobJson.write(completion.payload(clock.instant())), 0, ATTEMPTS, null))
                .toList();
        return jobs.append(tx, organization, news).size();
    }
}
