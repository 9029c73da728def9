package dev.rollcall.trigger.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");

    private final Looks looks = new Looks();

    @Test
    void theFirstLookIsComparedWithTheOpening() {
        assertThat(looks.before(1, OPENED, OPENED.plusSeconds(3600))).isEqualTo(Look.opening(OPENED));
    }

    @Test
    void thenWithTheOldestOfTheLastMinute() {
        for (int second = 10; second <= 100; second += 10) {
            looks.remember(1, look(second));
        }
        assertThat(looks.before(1, OPENED, OPENED.plusSeconds(105))).isEqualTo(look(50));
        assertThat(looks.before(1, OPENED, OPENED.plusSeconds(110))).isEqualTo(look(50));
        assertThat(looks.before(2, OPENED, OPENED.plusSeconds(110))).isEqualTo(Look.opening(OPENED));
    }

    @Test
    void andAfterALongTimeWithTheLastOne() {
        looks.remember(1, look(10));
        looks.remember(1, look(20));
        assertThat(looks.before(1, OPENED, OPENED.plusSeconds(7200))).isEqualTo(look(20));
    }

    @Test
    void aWatcherInAHurryDoesNotFillTheMemory() {
        looks.remember(1, look(10));
        looks.remember(1, look(11));
        looks.remember(1, look(15));
        assertThat(looks.before(1, OPENED, OPENED.plusSeconds(71))).isEqualTo(look(15));
    }

    private static Look look(int second) {
        return new Look(OPENED.plusSeconds(second), second, Map.of());
    }
}
