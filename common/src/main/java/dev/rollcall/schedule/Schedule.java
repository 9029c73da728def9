package dev.rollcall.schedule;

import static java.time.ZoneOffset.UTC;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// When each day is due: at the first fire of a cron expression on that local day.
///
/// The expression is read on the wall clock and only then placed in the zone, so that every local day it names is due
/// exactly once: a time that the spring night skips is due as much later as the gap is long, and of a time that the
/// autumn night has twice, the first counts.
public final class Schedule {
    private final ExecutionTime wallClock;
    private final ZoneId zone;

    private Schedule(ExecutionTime wallClock, ZoneId zone) {
        this.wallClock = wallClock;
        this.zone = zone;
    }

    /// @param setting what the expression is called where people set it
    /// @param cron in Quartz syntax, such as `0 0 3 * * ?`
    /// @param zone such as `America/New_York`
    /// @throws IllegalArgumentException when either cannot be read
    public static Schedule of(String setting, String cron, String zone) {
        return new Schedule(readCron(setting, cron), readZone(zone));
    }

    public ZoneId zone() {
        return zone;
    }

    /// The local date in the schedule's zone.
    public LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, zone);
    }

    /// The latest day that is due at `now`; empty when the expression has never fired before.
    public Optional<Due> lastDue(Instant now) {
        // One day ahead: in a night that repeats midnight, a day that has begun already can be tomorrow once more.
        LocalDateTime before = today(now).plusDays(2).atStartOfDay();
        while (true) {
            Optional<LocalDate> day = lastFire(before).map(LocalDateTime::toLocalDate);
            if (day.isEmpty()) {
                return Optional.empty();
            }
            Optional<Due> due = dueOn(day.get()).filter(d -> !d.at().isAfter(now));
            if (due.isPresent()) {
                return due;
            }
            before = day.get().atStartOfDay();
        }
    }

    /// Empty when the expression does not fire on this day, or the zone has no such day (Samoa had no 2011-12-30).
    private Optional<Due> dueOn(LocalDate day) {
        if (!day.atStartOfDay(zone).toLocalDate().equals(day)) {
            return Optional.empty();
        }
        return wallClock
                .nextExecution(day.atStartOfDay(UTC).minusSeconds(1))
                .map(ZonedDateTime::toLocalDateTime)
                .filter(first -> first.toLocalDate().equals(day))
                .map(first -> new Due(day, first.atZone(zone).toInstant()));
    }

    private Optional<LocalDateTime> lastFire(LocalDateTime before) {
        return wallClock.lastExecution(before.atZone(UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    private static ExecutionTime readCron(String setting, String cron) {
        try {
            var quartz = CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ);
            return ExecutionTime.forCron(new CronParser(quartz).parse(cron).validate());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s is no Quartz cron expression such as \"0 0 3 * * ?\": \"%s\" (%s)"
                            .formatted(setting, cron, e.getMessage()),
                    e);
        }
    }

    private static ZoneId readZone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "rollcall.zone is no time zone such as \"America/New_York\": \"%s\"".formatted(zone), e);
        }
    }
}
