package dev.rollcall.trigger.schedule;

import dev.rollcall.schedule.Due;
import java.time.Instant;

/// What the ledger knows about a day that is due.
///
/// @param installedAt when the ledger came into being: it owes nothing of the time before
/// @param opened whether the day has a run
/// @param foundEmpty whether the schedule has looked at this day already and found nothing to run
public record Standing(Instant installedAt, boolean opened, boolean foundEmpty) {
    public boolean asksFor(Due due) {
        return !opened && !foundEmpty && !due.at().isBefore(installedAt);
    }
}
