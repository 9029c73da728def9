package dev.rollcall.trigger.run;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.rollcall.trigger.run.View.OrganizationRow;
import java.time.Instant;
import java.util.Map;

/// What one look at a run saw: how much was final then.
///
/// @param organizations by the organization's id
record Look(Instant at, long done, Map<String, Long> organizations) {

    /// When the run opened, nothing was final.
    static Look opening(Instant openedAt) {
        return new Look(openedAt, 0, Map.of());
    }

    static Look of(View view) {
        return new Look(
                view.now(),
                view.summary().progress().counts().done(),
                view.organizations().stream().collect(toUnmodifiableMap(OrganizationRow::id, row -> row.progress()
                        .counts()
                        .done())));
    }

    long done(String organization) {
        return organizations.getOrDefault(organization, 0L);
    }
}
