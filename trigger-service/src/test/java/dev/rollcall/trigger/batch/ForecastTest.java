package dev.rollcall.trigger.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.trigger.batch.Forecast.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void whatRemainsIsDividedByTheRateOfLate() {
        Eta eta = eta(lane(120, 60));
        assertThat(eta.expected()).isEqualTo(NOW.plusSeconds(120));
        assertThat(eta.earliest()).isBetween(NOW.plusSeconds(80), NOW.plusSeconds(100));
        assertThat(eta.latest()).isBetween(NOW.plusSeconds(145), NOW.plusSeconds(175));
    }

    @Test
    void theMoreHasBeenSeenTheNarrowerTheInterval() {
        assertThat(width(eta(lane(6000, 6000))))
                .isLessThan(width(eta(lane(60, 60))).dividedBy(5));
    }

    @Test
    void theSlowestLaneDecides() {
        Eta slow = eta(lane(1000, 10));
        assertThat(eta(lane(10, 1000), lane(1000, 10))).isEqualTo(slow);
        assertThat(eta(lane(0, 0), lane(1000, 10))).isEqualTo(slow);
    }

    @Test
    void aLaneThatHasEndedNothingYetIsTakenToBeLikeTheOthersAndLessSure() {
        Eta known = eta(lane(100, 100));
        Eta guessed = eta(lane(0, 100), new Lane(100, 0, Duration.ZERO, false, null));
        assertThat(guessed.expected()).isEqualTo(known.expected());
        assertThat(width(guessed)).isGreaterThan(width(known).multipliedBy(5));
    }

    @Test
    void andLessSureStillWhenTheOthersDiffer() {
        Lane silent = new Lane(100, 0, Duration.ZERO, false, null);
        assertThat(eta(lane(0, 1000), lane(0, 10), silent).latest())
                .isAfter(eta(lane(0, 100), lane(0, 100), silent).latest());
    }

    @Test
    void andSlowerTheLongerItIsSilent() {
        assertThat(eta(lane(0, 60), new Lane(10, 0, MINUTE, false, null)).expected())
                .isEqualTo(NOW.plusSeconds(610));
    }

    @Test
    void nobodyCanSayBeforeAnythingHasEnded() {
        assertThat(Forecast.of(NOW, List.of(lane(10, 0), lane(10, 0)))).isEmpty();
        assertThat(Forecast.of(NOW, List.of(new Lane(10, 5, Duration.ofMillis(999), false, null))))
                .isEmpty();
        assertThat(Forecast.of(NOW, List.of())).isEmpty();
    }

    @Test
    void nobodyCanSayWhenALaneIsHeld() {
        Lane held = new Lane(10, 10, MINUTE, true, null);
        assertThat(Forecast.of(NOW, List.of(held, lane(10, 10)))).isEmpty();
        assertThat(Forecast.of(NOW, List.of(new Lane(0, 10, MINUTE, true, null), lane(10, 10))))
                .as("a held lane that is done holds nobody up")
                .isPresent();
    }

    @Test
    void whatIsDoneHasNoEta() {
        assertThat(Forecast.of(NOW, List.of(lane(0, 10)))).isEmpty();
    }

    @Test
    void whatWaitsForARetryBoundsItFromBelow() {
        Instant due = NOW.plusSeconds(3600);
        assertThat(eta(new Lane(10, 100, MINUTE, false, due))).isEqualTo(new Eta(due, due, due));
    }

    @Test
    void beyondAllReasonIsNone() {
        assertThat(Forecast.of(NOW, List.of(lane(Integer.MAX_VALUE, 1)))).isEmpty();
    }

    /// A thousand batches of a Poisson process with a known rate: the interval is what it says it is.
    @Test
    void nineInTenFinishWithinTheInterval() {
        Random random = new Random(42);
        for (int remaining : new int[] {5, 50, 1000}) {
            int within = 0;
            for (int i = 0; i < 1000; i++) {
                int ended = ends(random, 20, 60);
                double finish = 0;
                for (int task = 0; task < remaining; task++) {
                    finish -= Math.log(1 - random.nextDouble()) * 3;
                }
                Instant truth = NOW.plusMillis(Math.round(finish * 1000));
                Eta eta = eta(lane(remaining, Math.max(1, ended)));
                within += truth.isBefore(eta.earliest()) || truth.isAfter(eta.latest()) ? 0 : 1;
            }
            assertThat(within).as("%d remaining", remaining).isBetween(850, 960);
        }
    }

    /// How many ends a process with this many a minute has in some seconds.
    private static int ends(Random random, int perMinute, int seconds) {
        int ends = 0;
        for (double at = -Math.log(1 - random.nextDouble()); at < perMinute * seconds / 60.0; ends++) {
            at -= Math.log(1 - random.nextDouble());
        }
        return ends;
    }

    private static Eta eta(Lane... lanes) {
        return Forecast.of(NOW, List.of(lanes)).orElseThrow();
    }

    private static Lane lane(long remaining, long ended) {
        return new Lane(remaining, ended, MINUTE, false, null);
    }

    private static Duration width(Eta eta) {
        return Duration.between(eta.earliest(), eta.latest());
    }
}
