package dev.rollcall.trigger.job;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.schedule.Schedule;
import dev.rollcall.trigger.access.UnknownOrganizationException;
import dev.rollcall.trigger.hint.FastPath;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Writes jobs into the ledger. They gather in one batch a day, queue, priority and budget, whose one lane grows;
/// as they need no cursor, each is in the side table of retries from the start; what is due at once may be hinted
/// before the dispatcher looks there. Any number of replicas may append at once: the batch's row makes them take turns.
@ApplicationScoped
public class Jobs {
    /// A lane's end, as many rows longer. Its batch's row is locked.
    private static final String GROWN = """
            gathered as (
                insert into batch (kind, organization, organization_name, day, name, priority, max_attempts, planned)
                select 'jobs', o.id, o.name, :day, :queue, :priority, :maxAttempts, :more
                from organization o where o.id = :organization
                on conflict (organization, day, name, priority, max_attempts) where kind = 'jobs'
                do update set planned = batch.planned + excluded.planned, closed_at = null
                returning id, paused_at is not null or cancelled_at is not null as held
            ), grown as (
                insert into lane (batch, organization, day, provider, size, next)
                select id, :organization, :day, :queue, :more, :more from gathered
                on conflict on constraint lane_provider_once
                do update set size = lane.size + excluded.size, next = lane.next + excluded.next
                returning batch, id as lane, provider as queue, size - :more as first,
                          (select held from gathered) as held, clock_timestamp() as at
            )
            """;

    /// The jobs at that end. It is held, too, when its queue is paused or slowed down.
    private static final String FILLED = """
            job as (
                select g.batch, g.lane, g.at, g.first + cast(j.place as integer) - 1 as n, j.body, j.not_before
                from grown g cross join unnest(:payloads, :notBefores) with ordinality as j (body, not_before, place)
            ), frozen as (
                insert into item (day, batch, n, body, created_at)
                select :day, batch, n, body, clock_timestamp() from job
            ), planned as (
                insert into task (day, id) select :day, lane << 24 | n from job
            ), waiting as (
                insert into retry (task, day, lane, attempt, not_before)
                select lane << 24 | n, :day, lane, 0, coalesce(not_before, at) from job
            )
            select batch, lane, queue, first, at,
                   held or exists (select from queue_setting q
                                   where q.queue = grown.queue
                                     and (q.paused_at is not null or q.per_tick is not null or q.delay_ms > 0)) as held
            from grown
            """;

    private static final String GROW = "with " + GROWN + "select * from grown";
    private static final String GROW_AND_FILL = "with " + GROWN + ", " + FILLED;
    private static final String FILL = """
            with grown as (
                select :batch as batch, :lane as lane, cast(:queue as text) as queue, :first as first, :held as held,
                       cast(:at as timestamptz) as at
            ), """ + FILLED;

    private final Schedule schedule;
    private final InstantSource clock;
    private final FastPath fastPath;
    /// The last day whose tables are known to be there.
    private volatile @Nullable LocalDate opened;

    Jobs(Schedule schedule, InstantSource clock, FastPath fastPath) {
        this.schedule = schedule;
        this.clock = clock;
        this.fastPath = fastPath;
    }

    /// What gathers in one batch.
    private record Gathering(String queue, int priority, int maxAttempts) {
        /// All who append to several lock them in the same order.
        static final Comparator<Gathering> ORDER =
                comparing(Gathering::queue).thenComparing(Gathering::priority).thenComparing(Gathering::maxAttempts);

        static Gathering of(NewJob job) {
            return new Gathering(job.queue(), job.priority(), job.maxAttempts());
        }
    }

    /// A job that was written.
    public record Appended(long job, long batch) {}

    /// The end of a lane that has just grown.
    ///
    /// @param held whether its batch is paused or cancelled, or its queue paused or slowed down
    /// @param at the database's time
    public record Grown(long batch, long lane, String queue, int first, boolean held, Instant at) {
        private static Grown of(ResultSet row) throws SQLException {
            return new Grown(
                    row.getLong("batch"),
                    row.getLong("lane"),
                    requireNonNull(row.getString("queue")),
                    row.getInt("first"),
                    row.getBoolean("held"),
                    requireNonNull(row.getObject("at", OffsetDateTime.class)).toInstant());
        }

        Appended at(int place) {
            return new Appended(TaskId.of(lane, first + place).value(), batch);
        }
    }

    /// Appends jobs. The dispatcher is to be told when it has been committed.
    ///
    /// @param tx a transaction of the trigger's role
    /// @return in the order of the jobs
    /// @throws UnknownOrganizationException (404) when there is no such organization
    public List<Appended> append(Handle tx, String organization, List<NewJob> jobs) {
        LocalDate day = schedule.today(clock.instant());
        open(tx, day);
        SortedMap<Gathering, List<Integer>> gatherings = IntStream.range(0, jobs.size())
                .boxed()
                .collect(groupingBy(at -> Gathering.of(jobs.get(at)), () -> new TreeMap<>(Gathering.ORDER), toList()));
        Map<Grown, List<Integer>> filled = new HashMap<>();
        if (gatherings.size() == 1) {
            gatherings.forEach(
                    (gathering, at) -> filled.put(growAndFill(tx, organization, day, gathering, of(jobs, at)), at));
        } else {
            // rows of batches are locked in the order of what gathers, those of tallies in the order of the lanes
            Map<Grown, List<Integer>> grown = new TreeMap<>(comparing(Grown::lane));
            gatherings.forEach((gathering, at) -> grown.put(grow(tx, organization, day, gathering, at.size()), at));
            grown.forEach((lane, at) -> filled.put(fill(tx, day, lane, of(jobs, at)), at));
        }
        SortedMap<Integer, Appended> appended = new TreeMap<>();
        filled.forEach((lane, at) -> {
            for (int i = 0; i < at.size(); i++) {
                appended.put(at.get(i), lane.at(i));
            }
            if (!lane.held() && of(jobs, at).stream().allMatch(NewJob::isDueAtOnce)) {
                List<Long> ids =
                        at.stream().map(appended::get).map(Appended::job).toList();
                fastPath.take(tx, day, lane.queue(), ids, lane.at());
            }
        });
        return List.copyOf(appended.values());
    }

    private static List<NewJob> of(List<NewJob> jobs, List<Integer> at) {
        return at.stream().map(jobs::get).toList();
    }

    /// Once a day: no statement may both make a day's tables and write into them.
    private void open(Handle tx, LocalDate day) {
        if (!day.equals(opened)) {
            tx.createQuery("select open_day(:day) is null")
                    .bind("day", day)
                    .mapTo(Boolean.class)
                    .one();
            tx.afterCommit(() -> opened = day);
        }
    }

    private static Grown growAndFill(
            Handle tx, String organization, LocalDate day, Gathering gathering, List<NewJob> jobs) {
        Query query = bound(tx.createQuery(GROW_AND_FILL), organization, day, gathering, jobs.size());
        return grown(bound(query, jobs), organization);
    }

    private static Grown grow(Handle tx, String organization, LocalDate day, Gathering gathering, int more) {
        return grown(bound(tx.createQuery(GROW), organization, day, gathering, more), organization);
    }

    private static Grown fill(Handle tx, LocalDate day, Grown lane, List<NewJob> jobs) {
        Query query = tx.createQuery(FILL)
                .bind("day", day)
                .bind("batch", lane.batch())
                .bind("lane", lane.lane())
                .bind("queue", lane.queue())
                .bind("first", lane.first())
                .bind("held", lane.held())
                .bind("at", lane.at());
        return bound(query, jobs).map((row, _) -> Grown.of(row)).one();
    }

    private static Query bound(Query query, String organization, LocalDate day, Gathering gathering, int more) {
        return query.bind("organization", organization)
                .bind("day", day)
                .bind("queue", gathering.queue())
                .bind("priority", gathering.priority())
                .bind("maxAttempts", gathering.maxAttempts())
                .bind("more", more);
    }

    private static Query bound(Query query, List<NewJob> jobs) {
        List<@Nullable OffsetDateTime> notBefores = new ArrayList<>(jobs.size());
        jobs.forEach(job -> notBefores.add(utc(job.notBefore())));
        return query.bindArray(
                        "payloads",
                        String.class,
                        jobs.stream().map(NewJob::payload).toList())
                .bindArray("notBefores", OffsetDateTime.class, notBefores);
    }

    private static Grown grown(Query query, String organization) {
        return query.map((row, _) -> Grown.of(row))
                .findOne()
                .orElseThrow(() -> new UnknownOrganizationException(organization));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
