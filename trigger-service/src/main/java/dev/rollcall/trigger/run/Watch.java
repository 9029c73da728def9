package dev.rollcall.trigger.run;

import dev.rollcall.trigger.run.View.OrganizationRow;
import dev.rollcall.trigger.run.View.Summary;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Watches runs: what the ledger counts, and how fast the counts move.
@Singleton
class Watch {
    private final RunStatuses statuses;
    private final Looks looks;

    Watch(RunStatuses statuses, Looks looks) {
        this.statuses = statuses;
        this.looks = looks;
    }

    List<RunStatus> newest(int limit) {
        return statuses.newest(limit).stream()
                .map(summary -> RunStatus.of(summary, pace(summary, looks.before(summary.run(), summary.now())), null))
                .toList();
    }

    Optional<RunStatus> run(RunId id) {
        return statuses.view(id).map(this::look);
    }

    Optional<OrganizationStatus> organization(RunId id, String organization) {
        return statuses.view(id, organization).map(view -> {
            Look before = looks.before(view.run(), view.now());
            return organization(view.organizations().getFirst(), before, view.now());
        });
    }

    private RunStatus look(View view) {
        Look before = looks.before(view.run(), view.now());
        looks.remember(view.run(), Look.of(view));
        List<OrganizationStatus> organizations = view.organizations().stream()
                .map(row -> organization(row, before, view.now()))
                .toList();
        return RunStatus.of(view.summary(), pace(view.summary(), before), organizations);
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
