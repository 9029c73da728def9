package dev.rollcall.trigger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.schedule.Due;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final Due DUE = new Due(LocalDate.of(2026, 11, 21), AT);

    @Test
    void aDueDayWithoutARunIsOpened() {
        assertThat(new Standing(AT.minusSeconds(1), false, false).asksFor(DUE)).isTrue();
        assertThat(new Standing(AT, false, false).asksFor(DUE)).isTrue();
    }

    @Test
    void aLedgerOwesNothingOfTheTimeBeforeIt() {
        assertThat(new Standing(AT.plusMillis(1), false, false).asksFor(DUE)).isFalse();
    }

    @Test
    void whatIsOpenOrWasFoundEmptyIsLeftAlone() {
        assertThat(new Standing(AT.minusSeconds(1), true, false).asksFor(DUE)).isFalse();
        assertThat(new Standing(AT.minusSeconds(1), false, true).asksFor(DUE)).isFalse();
    }
}
