package dev.rollcall.trigger.job;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.trigger.access.UnknownOrganizationException;
import dev.rollcall.trigger.hint.FastPath;
import dev.rollcall.trigger.schedule.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// Writes jobs into the ledger. They gather in one batch a day, queue, priority and budget, whose one lane grows;
/// as they need no cursor, each is in the side table of retries from the start; what is due at once may be hinted
/// before the dispatcher looks there. Any number of replicas may append at once: the batch's row makes them take turns.
@ApplicationScoped
public class Jobs {
    private final Schedule schedule;
    private final InstantSource clock;
    private final FastPath fastPath;

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
    /// @param held whether the batch is paused or cancelled
    /// @param at the database's time
    public record Grown(long batch, long lane, String queue, int first, boolean held, Instant at) {
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
        Map<Grown, List<Integer>> places = new TreeMap<>(comparing(Grown::lane));
        IntStream.range(0, jobs.size())
                .boxed()
                .collect(groupingBy(at -> Gathering.of(jobs.get(at)), () -> new TreeMap<>(Gathering.ORDER), toList()))
                .forEach((gathering, at) -> places.put(grow(tx, organization, day, gathering, at.size()), at));
        SortedMap<Integer, Appended> appended = new TreeMap<>();
        places.forEach((grown, at) -> {
            List<NewJob> gathered = at.stream().map(jobs::get).toList();
            boolean held = fill(tx, day, grown, gathered);
            for (int i = 0; i < at.size(); i++) {
                appended.put(at.get(i), grown.at(i));
            }
            if (!held && !grown.held() && gathered.stream().allMatch(NewJob::isDueAtOnce)) {
                List<Long> ids =
                        at.stream().map(appended::get).map(Appended::job).toList();
                fastPath.take(tx, day, grown.queue(), ids, grown.at());
            }
        });
        return List.copyOf(appended.values());
    }

    private static Grown grow(Handle tx, String organization, LocalDate day, Gathering gathering, int more) {
        return tx.createQuery("""
                        with gathered as (
                            insert into batch (kind, organization, organization_name, day, name, priority, max_attempts, planned)
                            select 'jobs', o.id, o.name, :day, :queue, :priority, :maxAttempts, :more
                            from organization o, open_day(:day) where o.id = :organization
                            on conflict (organization, day, name, priority, max_attempts) where kind = 'jobs'
                            do update set planned = batch.planned + excluded.planned, closed_at = null
                            returning id, paused_at is not null or cancelled_at is not null as held
                        )
                        insert into lane (batch, organization, day, provider, size, next)
                        select id, :organization, :day, :queue, :more, :more from gathered
                        on conflict on constraint lane_provider_once
                        do update set size = lane.size + excluded.size, next = lane.next + excluded.next
                        returning batch, id as lane, provider as queue, size - :more as first,
                                  (select held from gathered) as held, clock_timestamp() as at
                        """)
                .bind("organization", organization)
                .bind("day", day)
                .bind("queue", gathering.queue())
                .bind("priority", gathering.priority())
                .bind("maxAttempts", gathering.maxAttempts())
                .bind("more", more)
                .map(ConstructorMapper.of(Grown.class))
                .findOne()
                .orElseThrow(() -> new UnknownOrganizationException(organization));
    }

    /// @return whether their queue is paused or slowed down; looked up when the batch's row is locked, so whoever has
    ///     been told before that it is held has been heard
    private static boolean fill(Handle tx, LocalDate day, Grown grown, List<NewJob> jobs) {
        List<@Nullable OffsetDateTime> notBefores = new ArrayList<>(jobs.size());
        jobs.forEach(job -> notBefores.add(utc(job.notBefore())));
        return tx.createQuery("""
                        with job as (
                            select :first + cast(j.place as integer) - 1 as n, j.body, j.not_before
                            from unnest(:payloads, :notBefores) with ordinality as j (body, not_before, place)
                        ), frozen as (
                            insert into item (day, batch, n, body, created_at)
                            select :day, :batch, n, body, clock_timestamp() from job
                        ), planned as (
                            insert into task (day, id) select :day, :lane << 24 | n from job
                        ), waiting as (
                            insert into retry (task, day, lane, attempt, not_before)
                            select :lane << 24 | n, :day, :lane, 0, coalesce(not_before, :at) from job
                        )
                        select exists (select from queue_setting
                                       where queue = :queue
                                         and (paused_at is not null or per_tick is not null or delay_ms > 0))
                        """)
                .bind("day", day)
                .bind("batch", grown.batch())
                .bind("lane", grown.lane())
                .bind("first", grown.first())
                .bindArray(
                        "payloads",
                        String.class,
                        jobs.stream().map(NewJob::payload).toList())
                .bindArray("notBefores", OffsetDateTime.class, notBefores)
                .bind("queue", grown.queue())
                .bind("at", grown.at())
                .mapTo(Boolean.class)
                .one();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
