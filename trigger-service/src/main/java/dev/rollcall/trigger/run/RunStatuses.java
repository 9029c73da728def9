package dev.rollcall.trigger.run;

import dev.rollcall.trigger.run.View.OrganizationRow;
import dev.rollcall.trigger.run.View.Summary;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Reads how far runs are: counts are sums over the tallies of their lanes. One round trip a view.
@Singleton
class RunStatuses {
    private final Jdbi jdbi;

    RunStatuses(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// The run with all its organizations, in the order of their ids.
    Optional<View> view(RunId id) {
        return jdbi.withHandle(handle -> view(handle, id));
    }

    /// As the handle's transaction sees it.
    Optional<View> view(Handle handle, RunId id) {
        return view(handle, id, null);
    }

    /// The run with this organization alone; empty when the run is unknown or has no such organization.
    Optional<View> view(RunId id, String organization) {
        return jdbi.withHandle(handle -> view(handle, id, organization));
    }

    private static Optional<View> view(Handle handle, RunId id, @Nullable String organization) {
        List<View> lines = handle.createQuery("""
                        with wanted as (
                            select * from run where id = :id or key = :key
                        ), counted as (
                            select l.batch,
                                   sum(t.running) as running, sum(t.succeeded) as succeeded,
                                   sum(t.failed) as failed, sum(t.cancelled) as cancelled, max(t.seen_at) as seen_at
                            from wanted r
                            join batch b on b.run = r.id
                            join lane l on l.batch = b.id
                            join tally t on t.lane = l.id
                            where cast(:organization as text) is null or b.organization = :organization
                            group by l.batch
                        )
                        select clock_timestamp() as now, r.id, r.key, r.day, r.zone, r.opened_at, r.closed_at,
                               b.organization, b.organization_name, b.planned,
                               c.running, c.succeeded, c.failed, c.cancelled, c.seen_at
                        from wanted r
                        join batch b on b.run = r.id
                        left join counted c on c.batch = b.id
                        where cast(:organization as text) is null or b.organization = :organization
                        order by b.organization
                        """)
                .bind("id", id instanceof RunId.Number(long value) ? value : null)
                .bind("key", id instanceof RunId.Key(String value) ? value : null)
                .bind("organization", organization)
                .map((row, context) -> new View(time(row, "now"), run(row), List.of(organization(row))))
                .list();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new View(
                        lines.getFirst().now(),
                        lines.getFirst().run(),
                        lines.stream()
                                .flatMap(line -> line.organizations().stream())
                                .toList()));
    }

    List<Summary> newest(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with newest as (
                            select * from run order by id desc limit :limit
                        ), counted as (
                            select b.run,
                                   sum(t.running) as running, sum(t.succeeded) as succeeded,
                                   sum(t.failed) as failed, sum(t.cancelled) as cancelled, max(t.seen_at) as seen_at
                            from newest r
                            join batch b on b.run = r.id
                            join lane l on l.batch = b.id
                            join tally t on t.lane = l.id
                            group by b.run
                        )
                        select clock_timestamp() as now, r.id, r.key, r.day, r.zone, r.opened_at, r.closed_at,
                               r.planned, c.running, c.succeeded, c.failed, c.cancelled, c.seen_at
                        from newest r left join counted c on c.run = r.id
                        order by r.id desc
                        """)
                .bind("limit", limit)
                .map((row, context) -> new Summary(time(row, "now"), run(row), progress(row)))
                .list());
    }

    private static RunRow run(ResultSet row) throws SQLException {
        return new RunRow(
                row.getLong("id"),
                row.getString("key"),
                row.getObject("day", LocalDate.class),
                row.getString("zone"),
                time(row, "opened_at"),
                timeIfAny(row, "closed_at"));
    }

    private static OrganizationRow organization(ResultSet row) throws SQLException {
        return new OrganizationRow(row.getString("organization"), row.getString("organization_name"), progress(row));
    }

    /// What has no tally has not begun: its nulls read as zero.
    private static Progress progress(ResultSet row) throws SQLException {
        Counts counts = new Counts(
                row.getLong("planned"),
                row.getLong("running"),
                row.getLong("succeeded"),
                row.getLong("failed"),
                row.getLong("cancelled"));
        return new Progress(counts, timeIfAny(row, "seen_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeIfAny(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : time(row, column);
    }
}
