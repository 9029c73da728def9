package dev.rollcall.trigger.plan;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.trigger.plan.Opening.AlreadyOpen;
import dev.rollcall.trigger.plan.Opening.NothingToRun;
import dev.rollcall.trigger.plan.Opening.Opened;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Writes plans into the ledger. The unique key of (kind, day, repeat) decides who opens a day, so any number of
/// replicas and callers may try at once; all statements of a plan see one snapshot of what people edit.
@ApplicationScoped
public class Plans {
    private static final Logger LOG = Logger.getLogger(Plans.class);
    private static final String DAILY = "daily";
    private static final int TRIES = 20;
    /// Tasks of a batch whose order is worth a look at how long they took before.
    private static final int MOST_ORDERED = 20_000;

    private final Jdbi jdbi;
    private final RunConfig config;
    private final ZoneId zone;
    private final Event<Opened> opened;

    Plans(Jdbi jdbi, RunConfig config, @ConfigProperty(name = "rollcall.zone") ZoneId zone, Event<Opened> opened) {
        this.jdbi = jdbi;
        this.config = config;
        this.zone = zone;
        this.opened = opened;
    }

    /// Opens the day's run, or a numbered repeat of it.
    ///
    /// @param day the local date in `rollcall.zone`
    /// @param force opens one more run of a day that is open already
    /// @param note is taken again when the transaction is
    /// @return the note; the run it tells of is committed
    public <T> T open(LocalDate day, boolean force, Note<T> note) {
        openDay(day);
        for (int attempt = 1; ; attempt++) {
            try {
                Noted<T> noted = jdbi.inTransaction(handle -> {
                    // not Jdbi's: it sets the connection back after the commit, and a failure there would deny the run
                    handle.execute("set transaction isolation level repeatable read");
                    Opening opening = open(handle, day, force);
                    return new Noted<>(opening, note.of(handle, opening));
                });
                if (noted.opening() instanceof Opened run) {
                    LOG.infof("run %s opened (run %d)", run.key(), run.run());
                    opened.fire(run);
                }
                return noted.note();
            } catch (JdbiException e) {
                // Somebody else opened the day while we tried: the next try sees it.
                if (attempt == TRIES || !Ledger.isConflict(e)) {
                    throw e;
                }
            }
        }
    }

    private record Noted<T>(Opening opening, T note) {}

    private void openDay(LocalDate day) {
        jdbi.useHandle(handle -> handle.createQuery("select open_day(:day) is null")
                .bind("day", day)
                .mapTo(Boolean.class)
                .one());
    }

    private Opening open(Handle handle, LocalDate day, boolean force) {
        Optional<RunRow> newest = newest(handle, day);
        if (newest.isPresent() && !force) {
            return new AlreadyOpen(newest.get().id(), newest.get().key());
        }
        if (nothingToRun(handle)) {
            return new NothingToRun(
                    "no active organization has an active prompt, or no provider is active: import them first");
        }
        int repeat = newest.map(run -> run.repeat() + 1).orElse(1);
        String key = DAILY + ":" + day + (repeat == 1 ? "" : "#" + repeat);
        long run = insertRun(handle, day, repeat, key);
        insertBatches(handle, run, day);
        insertItems(handle, run, day);
        insertLanes(handle, run, day);
        int planned = insertTasks(handle, run, day);
        freeze(handle, run, day, planned);
        return new Opened(run, key);
    }

    /// A row of `run`, as far as opening needs it.
    public record RunRow(long id, String key, int repeat) {}

    private static Optional<RunRow> newest(Handle handle, LocalDate day) {
        return handle.createQuery("""
                        select id, key, repeat from run where kind = :kind and day = :day order by repeat desc limit 1
                        """)
                .bind("kind", DAILY)
                .bind("day", day)
                .map(ConstructorMapper.of(RunRow.class))
                .findOne();
    }

    private static boolean nothingToRun(Handle handle) {
        return handle.createQuery("""
                        select not exists (select from provider where active)
                            or not exists (select from organization o
                                           join prompt p on p.organization = o.id and p.active
                                           where o.active)
                        """).mapTo(Boolean.class).one();
    }

    private long insertRun(Handle handle, LocalDate day, int repeat, String key) {
        return handle.createQuery("""
                        insert into run (kind, day, repeat, key, zone, deadline, planned, expected_hash)
                        values (:kind, :day, :repeat, :key, :zone, clock_timestamp() + :wallLimit, 0, '')
                        returning id
                        """)
                .bind("kind", DAILY)
                .bind("day", day)
                .bind("repeat", repeat)
                .bind("key", key)
                .bind("zone", zone.getId())
                .bind("wallLimit", config.wallLimit())
                .mapTo(Long.class)
                .one();
    }

    private void insertBatches(Handle handle, long run, LocalDate day) {
        handle.createUpdate("""
                        insert into batch (run, organization, organization_name, day, max_attempts, planned)
                        select :run, o.id, o.name, :day, :maxAttempts, count(*) * providers.n
                        from organization o
                        join prompt p on p.organization = o.id and p.active
                        cross join (select count(*) as n from provider where active) as providers
                        where o.active
                        group by o.id, o.name, providers.n
                        order by o.id
                        """)
                .bind("run", run)
                .bind("day", day)
                .bind("maxAttempts", config.maxAttempts())
                .execute();
    }

    /// What took longest when the organization's last run was answered comes first, and before it what nobody knows
    /// yet: a long task that begins last is waited for alone. Among very many tasks no single one matters.
    private static void insertItems(Handle handle, long run, LocalDate day) {
        handle.createUpdate("""
                        with known as materialized (
                            select b.id as batch, before.id as before, before.day, a.task - (l.id << 24) as n, a.took
                            from batch b
                            cross join lateral (
                                select o.id, o.day from batch o
                                where o.organization = b.organization and o.kind = 'nightly' and o.id < b.id
                                order by o.id desc limit 1
                            ) as before
                            join lane l on l.batch = before.id
                            cross join lateral (
                                -- offset: not to be pulled up, so that it is a range of the key for each lane
                                select a.task, a.ended_at - a.started_at as took
                                from attempt a
                                where a.day = before.day and a.task >= l.id << 24 and a.task < (l.id + 1) << 24
                                  and a.outcome = 'succeeded' and not a.late
                                offset 0
                            ) as a
                            where b.run = :run and b.planned <= :ordered
                        ), took as (
                            select k.batch, i.prompt, max(k.took) as longest
                            from known k
                            cross join lateral (
                                select i.prompt from item i where i.day = k.day and i.batch = k.before and i.n = k.n offset 0
                            ) as i
                            group by k.batch, i.prompt
                        )
                        insert into item (day, batch, n, prompt, body)
                        select :day, b.id,
                               row_number() over (partition by b.id order by t.longest desc nulls first, p.id) - 1,
                               p.id, p.text
                        from batch b
                        join prompt p on p.organization = b.organization and p.active
                        left join took t on t.batch = b.id and t.prompt = p.id
                        where b.run = :run
                        """)
                .bind("run", run)
                .bind("day", day)
                .bind("ordered", MOST_ORDERED)
                .execute();
    }

    private static void insertLanes(Handle handle, long run, LocalDate day) {
        handle.createUpdate("""
                        insert into lane (batch, organization, day, provider, size)
                        select b.id, b.organization, :day, p.id, b.planned / count(*) over (partition by b.id)
                        from batch b
                        cross join provider p
                        where b.run = :run and p.active
                        order by b.id, p.id
                        """).bind("run", run).bind("day", day).execute();
    }

    private static int insertTasks(Handle handle, long run, LocalDate day) {
        return handle.createUpdate("""
                        insert into task (day, id)
                        select :day, l.id << 24 | i.n
                        from batch b
                        join lane l on l.batch = b.id
                        join item i on i.day = :day and i.batch = b.id
                        where b.run = :run
                        order by 2
                        """).bind("run", run).bind("day", day).execute();
    }

    /// The hash covers every organization, prompt, text and provider that is expected, in the order of their ids:
    /// SHA-256 over the batches' hashes, so that no intermediate grows with the size of the night.
    private static void freeze(Handle handle, long run, LocalDate day, int planned) {
        handle.createUpdate("""
                        with prompts as (
                            select b.id, b.organization,
                                   sha256(string_agg(sha256(convert_to(i.prompt || chr(31) || i.body, 'UTF8')), ''::bytea
                                                     order by i.prompt collate "C")) as hash
                            from batch b join item i on i.day = :day and i.batch = b.id
                            where b.run = :run
                            group by b.id
                        ), batches as (
                            select p.organization,
                                   sha256(p.hash || convert_to(string_agg(l.provider, chr(31) order by l.provider collate "C"), 'UTF8')) as hash
                            from prompts p join lane l on l.batch = p.id
                            group by p.id, p.organization, p.hash
                        )
                        update run
                        set planned = :planned,
                            expected_hash = (select sha256(string_agg(convert_to(organization || chr(31), 'UTF8') || hash, ''::bytea
                                                                      order by organization collate "C")) from batches)
                        where id = :run
                        """)
                .bind("run", run)
                .bind("day", day)
                .bind("planned", planned)
                .execute();
    }
}
