package dev.rollcall.trigger.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");
    private static final Look OPENING = Look.opening(OPENED);

    private final Looks<String> looks = new Looks<>(2);

    @Test
    void theFirstLookIsComparedWithTheOpening() {
        assertThat(before("a", 3600)).isEqualTo(OPENING);
    }

    @Test
    void soAreTheOnesAfterItForAMinute() {
        before("a", 100);
        looks.remember("a", look(100));
        assertThat(before("a", 159)).isEqualTo(OPENING);
        assertThat(before("a", 160)).isEqualTo(look(100));
    }

    @Test
    void thenWithTheYoungestThatIsAMinuteOld() {
        for (int second = 10; second <= 100; second += 10) {
            looks.remember("a", look(second));
        }
        assertThat(before("a", 105)).isEqualTo(look(40));
        assertThat(before("a", 110)).isEqualTo(look(50));
        assertThat(before("b", 110)).isEqualTo(OPENING);
    }

    @Test
    void andAfterALongTimeWithTheLastOne() {
        looks.remember("a", look(10));
        looks.remember("a", look(20));
        assertThat(before("a", 7200)).isEqualTo(look(20));
    }

    @Test
    void aWatcherInAHurryDoesNotFillTheMemory() {
        looks.remember("a", look(10));
        looks.remember("a", look(14));
        looks.remember("a", look(15));
        assertThat(before("a", 74)).isEqualTo(look(10));
        assertThat(before("a", 75)).isEqualTo(look(15));
    }

    @Test
    void lessThanBeforeStartsAnew() {
        looks.remember("a", look(10));
        looks.remember("a", new Look(OPENED.plusSeconds(20), 3));
        assertThat(before("a", 21).done()).isEqualTo(3);
    }

    @Test
    void whatStoodStillStartsAnew() {
        looks.remember("a", look(10));
        looks.restart("a", look(11));
        assertThat(before("a", 12)).isEqualTo(look(11));
    }

    @Test
    void whatNobodyLooksAtIsForgotten() {
        looks.remember("a", look(10));
        looks.remember("b", look(10));
        looks.remember("a", look(20));
        looks.remember("c", look(10));
        assertThat(looks.knows("a")).isTrue();
        assertThat(looks.knows("b")).isFalse();
    }

    private Look before(String subject, int second) {
        return looks.before(subject, OPENED.plusSeconds(second), OPENING);
    }

    private static Look look(int second) {
        return new Look(OPENED.plusSeconds(second), second);
    }
}
