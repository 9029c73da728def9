package dev.rollcall.trigger.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");

    private static final RunRow RUN = run(OPENED);
    private static final RunRow OTHER = run(OPENED.plusSeconds(1));

    private final Looks looks = new Looks();

    @Test
    void theFirstLookIsComparedWithTheOpening() {
        assertThat(looks.before(RUN, OPENED.plusSeconds(3600))).isEqualTo(Look.opening(OPENED));
    }

    @Test
    void thenWithTheOldestOfTheLastMinute() {
        for (int second = 10; second <= 100; second += 10) {
            looks.remember(RUN, look(second));
        }
        assertThat(looks.before(RUN, OPENED.plusSeconds(105))).isEqualTo(look(50));
        assertThat(looks.before(RUN, OPENED.plusSeconds(110))).isEqualTo(look(50));
        assertThat(looks.before(OTHER, OPENED.plusSeconds(110))).isEqualTo(Look.opening(OTHER.openedAt()));
    }

    @Test
    void andAfterALongTimeWithTheLastOne() {
        looks.remember(RUN, look(10));
        looks.remember(RUN, look(20));
        assertThat(looks.before(RUN, OPENED.plusSeconds(7200))).isEqualTo(look(20));
    }

    @Test
    void aWatcherInAHurryDoesNotFillTheMemory() {
        looks.remember(RUN, look(10));
        looks.remember(RUN, look(11));
        looks.remember(RUN, look(15));
        assertThat(looks.before(RUN, OPENED.plusSeconds(71))).isEqualTo(look(15));
    }

    private static RunRow run(Instant openedAt) {
        return new RunRow(1, "daily:2026-11-21", LocalDate.of(2026, 11, 21), "UTC", openedAt, null);
    }

    private static Look look(int second) {
        return new Look(OPENED.plusSeconds(second), second, Map.of());
    }
}
