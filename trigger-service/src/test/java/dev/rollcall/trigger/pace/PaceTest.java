package dev.rollcall.trigger.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void isWhatBecameFinalDividedByTheTimeItTook() {
        Pace pace = Pace.between(NOW.minusSeconds(60), 100, NOW, 220);
        assertThat(pace.perSecond()).isEqualByComparingTo("2");
        assertThat(pace.eta(NOW, 7)).isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void whatIsDoneHasNoEta() {
        assertThat(Pace.between(NOW.minusSeconds(60), 0, NOW, 60).eta(NOW, 0)).isNull();
    }

    @Test
    void whatStandsStillHasNoEta() {
        Pace pace = Pace.between(NOW.minusSeconds(60), 100, NOW, 100);
        assertThat(pace.perSecond()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(pace.eta(NOW, 7)).isNull();
    }

    @Test
    void nobodyCanSayAfterLessThanASecond() {
        assertThat(Pace.between(NOW.minusMillis(999), 0, NOW, 60)).isEqualTo(new Pace(null));
        assertThat(Pace.between(NOW.plusSeconds(9), 0, NOW, 60)).isEqualTo(new Pace(null));
        assertThat(new Pace(null).eta(NOW, 7)).isNull();
    }

    @Test
    void nobodyCanSayAcrossARepairThatMadeFailedWorkDueAgain() {
        assertThat(Pace.between(NOW.minusSeconds(60), 100, NOW, 90)).isEqualTo(new Pace(null));
    }

    @Test
    void anEtaBeyondAllReasonIsNone() {
        assertThat(Pace.between(NOW.minusSeconds(1000), 0, NOW, 1).eta(NOW, Long.MAX_VALUE))
                .isNull();
    }
}
