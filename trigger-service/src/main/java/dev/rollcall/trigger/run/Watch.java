package dev.rollcall.trigger.run;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.rollcall.trigger.pace.Look;
import dev.rollcall.trigger.pace.Looks;
import dev.rollcall.trigger.pace.Pace;
import dev.rollcall.trigger.run.View.OrganizationRow;
import dev.rollcall.trigger.run.View.Summary;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Watches runs: what the ledger counts, and how fast the counts move.
@Singleton
class Watch {
    private static final int RUNS = 32;

    private final RunStatuses statuses;
    private final Looks<Opened> looks = new Looks<>(RUNS);

    Watch(RunStatuses statuses) {
        this.statuses = statuses;
    }

    /// A ledger that was set up anew counts its runs from 1 again, so the number alone is not enough.
    private record Opened(long run, Instant at) {
        static Opened of(RunRow run) {
            return new Opened(run.id(), run.openedAt());
        }
    }

    List<RunStatus> newest(int limit) {
        return statuses.newest(limit).stream()
                .map(summary -> RunStatus.of(summary, pace(summary, before(summary.run(), summary.now())), null))
                .toList();
    }

    Optional<RunStatus> run(RunId id) {
        return statuses.view(id).map(this::look);
    }

    /// As the handle's transaction sees it.
    Optional<RunStatus> run(Handle handle, RunId id) {
        return statuses.view(handle, id).map(this::look);
    }

    Optional<OrganizationStatus> organization(RunId id, String organization) {
        return statuses.view(id, organization).map(view -> {
            Look before = before(view.run(), view.now());
            return organization(view.organizations().getFirst(), before, view.now());
        });
    }

    private RunStatus look(View view) {
        Look before = before(view.run(), view.now());
        looks.remember(Opened.of(view.run()), seen(view));
        List<OrganizationStatus> organizations = view.organizations().stream()
                .map(row -> organization(row, before, view.now()))
                .toList();
        return RunStatus.of(view.summary(), pace(view.summary(), before), organizations);
    }

    private Look before(RunRow run, Instant now) {
        return looks.before(Opened.of(run), now, Look.opening(run.openedAt()));
    }

    private static Look seen(View view) {
        return new Look(
                view.now(),
                view.summary().progress().counts().done(),
                view.organizations().stream().collect(toUnmodifiableMap(OrganizationRow::id, row -> row.progress()
                        .counts()
                        .done())));
    }

    private static OrganizationStatus organization(OrganizationRow row, Look before, Instant now) {
        long done = row.progress().counts().done();
        return OrganizationStatus.of(row, Pace.between(before.at(), before.done(row.id()), now, done), now);
    }

    private static Pace pace(Summary summary, Look before) {
        RunRow run = summary.run();
        long done = summary.progress().counts().done();
        return run.closedAt() == null
                ? Pace.between(before.at(), before.done(), summary.now(), done)
                : Pace.between(run.openedAt(), 0, run.closedAt(), done);
    }
}
