package dev.rollcall.trigger.run;

import java.time.Instant;
import java.util.List;

/// A run and its organizations, all at one moment.
///
/// @param now the moment, by the database's clock
record View(Instant now, RunRow run, List<OrganizationRow> organizations) {

    /// One organization of a run, under the name it had when the run opened.
    record OrganizationRow(String id, String name, Progress progress) {}

    /// A run alone.
    record Summary(Instant now, RunRow run, Progress progress) {}

    Summary summary() {
        return new Summary(
                now,
                run,
                Progress.sum(
                        organizations.stream().map(OrganizationRow::progress).toList()));
    }
}
