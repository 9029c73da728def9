package dev.rollcall.trigger.schedule;

import dev.rollcall.trigger.history.TriggerLog;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import org.jdbi.v3.core.Jdbi;

/// Reads how the ledger stands to a day.
@Singleton
class Standings {
    private final Jdbi jdbi;
    private final TriggerLog log;

    Standings(Jdbi jdbi, TriggerLog log) {
        this.jdbi = jdbi;
        this.log = log;
    }

    Standing of(LocalDate day) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select (select at from installation) as installed_at,
                               exists (select from run where kind = 'daily' and day = :day) as opened
                        """)
                .bind("day", day)
                .map((row, context) -> new Standing(
                        row.getObject("installed_at", java.time.OffsetDateTime.class)
                                .toInstant(),
                        row.getBoolean("opened"),
                        log.foundEmpty(handle, day)))
                .one());
    }
}
