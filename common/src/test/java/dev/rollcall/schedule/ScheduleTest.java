package dev.rollcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final String NEW_YORK = "America/New_York";
    private static final String AT_THREE = "0 0 3 * * ?";
    private static final String SETTING = "rollcall.run.cron";

    @Test
    void aDayIsDueFromTheVerySecondOn() {
        Schedule schedule = Schedule.of(SETTING, AT_THREE, NEW_YORK);
        Instant at = Instant.parse("2026-11-21T08:00:00Z");
        assertThat(schedule.lastDue(at)).contains(new Due(LocalDate.of(2026, 11, 21), at));
        assertThat(schedule.lastDue(at.minusMillis(1)))
                .contains(new Due(LocalDate.of(2026, 11, 20), at.minus(Duration.ofDays(1))));
        assertThat(schedule.lastDue(at.plus(Duration.ofHours(23))).orElseThrow().day())
                .isEqualTo("2026-11-21");
    }

    @ParameterizedTest(name = "{0} in {1}: {2} is due at {3}")
    @CsvSource({
        // the night of 23 hours: 02:00 to 03:00 isn't there
        "0 0 3 * * ?,   America/New_York,   2026-03-07, 2026-03-07T08:00:00Z",
        "0 0 3 * * ?,   America/New_York,   2026-03-08, 2026-03-08T07:00:00Z",
        "0 30 2 * * ?,  America/New_York,   2026-03-08, 2026-03-08T07:30:00Z",
        "0 30 1 * * ?,  America/New_York,   2026-03-08, 2026-03-08T06:30:00Z",
        // the night of 25 hours: 01:00 to 02:00 is there twice
        "0 0 3 * * ?,   America/New_York,   2026-11-01, 2026-11-01T08:00:00Z",
        "0 30 1 * * ?,  America/New_York,   2026-11-01, 2026-11-01T05:30:00Z",
        "0 30 2 * * ?,  America/New_York,   2026-11-01, 2026-11-01T07:30:00Z",
        // midnight itself is skipped, or repeated
        "0 0 0 * * ?,   America/Havana,     2026-03-08, 2026-03-08T05:00:00Z",
        "0 30 0 * * ?,  America/Havana,     2026-11-01, 2026-11-01T04:30:00Z",
        "0 0 0 * * ?,   America/St_Johns,   2010-11-07, 2010-11-07T02:30:00Z",
        // a day that has several fires is due at the first
        "0 0 * * * ?,   America/New_York,   2026-11-21, 2026-11-21T05:00:00Z",
        // far from Greenwich, and off the hour
        "0 0 3 * * ?,   Pacific/Kiritimati, 2026-11-21, 2026-11-20T13:00:00Z",
        "0 0 3 * * ?,   Pacific/Pago_Pago,  2026-11-21, 2026-11-21T14:00:00Z",
        "0 0 3 * * ?,   Asia/Kathmandu,     2026-11-21, 2026-11-20T21:15:00Z",
        // around the year, and the day that comes every four
        "0 0 3 * * ?,   America/New_York,   2026-12-31, 2026-12-31T08:00:00Z",
        "0 0 3 * * ?,   America/New_York,   2027-01-01, 2027-01-01T08:00:00Z",
        "59 59 23 * * ?, Pacific/Kiritimati, 2026-12-31, 2026-12-31T09:59:59Z",
        "0 0 3 * * ?,   America/New_York,   2028-02-29, 2028-02-29T08:00:00Z",
        "0 0 3 29 2 ?,  America/New_York,   2024-02-29, 2024-02-29T08:00:00Z",
        "0 0 3 L * ?,   America/New_York,   2027-02-28, 2027-02-28T08:00:00Z",
    })
    void everyDayIsDueOnceAtItsOwnTime(String cron, String zone, LocalDate day, Instant at) {
        Schedule schedule = Schedule.of(SETTING, cron, zone);
        assertThat(schedule.lastDue(at)).contains(new Due(day, at));
        assertThat(schedule.lastDue(at.minusSeconds(1)).orElseThrow().day()).isBefore(day);
    }

    @Test
    void aClockTurnedThroughAYearSeesEveryDayOnceAndInOrder() {
        for (String zone : new String[] {NEW_YORK, "America/Havana", "Australia/Lord_Howe"}) {
            for (String cron :
                    new String[] {AT_THREE, "0 30 2 * * ?", "0 30 1 * * ?", "0 15 0 * * ?", "0 45 23 * * ?"}) {
                Schedule schedule = Schedule.of(SETTING, cron, zone);
                Map<LocalDate, Instant> seen = new LinkedHashMap<>();
                Instant end = Instant.parse("2027-01-03T00:00:00Z");
                for (Instant now = Instant.parse("2026-01-01T12:00:00Z");
                        now.isBefore(end);
                        now = now.plus(Duration.ofHours(7))) {
                    Due due = schedule.lastDue(now).orElseThrow();
                    assertThat(seen.getOrDefault(due.day(), due.at())).isEqualTo(due.at());
                    seen.put(due.day(), due.at());
                }
                LocalDate first = seen.keySet().iterator().next();
                assertThat(seen.keySet())
                        .as("%s in %s", cron, zone)
                        .containsExactlyElementsOf(
                                first.datesUntil(first.plusDays(seen.size())).toList())
                        .hasSizeGreaterThanOrEqualTo(366);
            }
        }
    }

    @Test
    void inTheNightThatRepeatsAnHourNothingFiresTwice() {
        Schedule schedule = Schedule.of(SETTING, "0 30 1 * * ?", NEW_YORK);
        Instant firstTime = Instant.parse("2026-11-01T05:30:00Z");
        for (Instant now = firstTime; now.isBefore(firstTime.plus(Duration.ofHours(24))); now = now.plusSeconds(600)) {
            assertThat(schedule.lastDue(now)).contains(new Due(LocalDate.of(2026, 11, 1), firstTime));
        }
    }

    @Test
    void aDayTheZoneDoesNotHaveIsNeverDue() {
        Schedule samoa = Schedule.of(SETTING, AT_THREE, "Pacific/Apia");
        Instant theDayAfter = Instant.parse("2011-12-30T13:00:00Z");
        assertThat(samoa.lastDue(theDayAfter)).contains(new Due(LocalDate.of(2011, 12, 31), theDayAfter));
        assertThat(samoa.lastDue(theDayAfter.minusSeconds(1)).orElseThrow().day())
                .isEqualTo("2011-12-29");
    }

    @Test
    void anExpressionThatHasNotFiredYetOwesNothing() {
        assertThat(Schedule.of(SETTING, "0 0 3 1 1 ? 2099", NEW_YORK).lastDue(Instant.parse("2026-11-21T08:00:00Z")))
                .isEmpty();
    }

    @Test
    void todayIsTheZonesOwn() {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        assertThat(Schedule.of(SETTING, AT_THREE, "Pacific/Kiritimati").today(now))
                .isEqualTo("2026-11-22");
        assertThat(Schedule.of(SETTING, AT_THREE, "Pacific/Pago_Pago").today(now))
                .isEqualTo("2026-11-21");
    }

    @Test
    void aSettingNobodyCanReadIsRefusedByName() {
        assertThatThrownBy(() -> Schedule.of(SETTING, "every night", NEW_YORK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("rollcall.run.cron", "every night");
        assertThatThrownBy(() -> Schedule.of(SETTING, "0 61 3 * * ?", NEW_YORK))
                .hasMessageContaining("rollcall.run.cron");
        assertThatThrownBy(() -> Schedule.of(SETTING, AT_THREE, "America/Springfield"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("rollcall.zone", "America/Springfield");
    }
}
