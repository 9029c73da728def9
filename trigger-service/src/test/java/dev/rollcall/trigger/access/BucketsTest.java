package dev.rollcall.trigger.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final long SECOND = 1_000_000_000;

    private final Buckets buckets = new Buckets(10, 3);

    @Test
    void twoSecondsWorthMayBeTakenAtOnceAndThenOneAtATime() {
        assertThat(taken("a", 100, 0)).isEqualTo(20);
        assertThat(buckets.take("a", 0)).isEqualTo(SECOND / 10);
        assertThat(buckets.take("a", SECOND / 10 - 1)).isEqualTo(1);
        assertThat(taken("a", 100, SECOND / 10)).isEqualTo(1);
        assertThat(taken("a", 100, SECOND)).isEqualTo(9);
        assertThat(taken("a", 100, 60 * SECOND)).isEqualTo(20);
    }

    @Test
    void oneKeysRequestsCostNoOther() {
        assertThat(taken("a", 100, 0)).isEqualTo(20);
        assertThat(taken("b", 100, 0)).isEqualTo(20);
    }

    @Test
    void theClockMayOverflow() {
        assertThat(taken("a", 100, Long.MAX_VALUE)).isEqualTo(20);
        assertThat(taken("a", 100, Long.MAX_VALUE + SECOND)).isEqualTo(10);
    }

    @Test
    void whatIsFullAgainIsForgotten() {
        taken("a", 1, 0);
        taken("b", 1, 0);
        taken("c", 100, SECOND);
        taken("d", 1, SECOND);
        assertThat(buckets.kept()).isEqualTo(2);
        assertThat(taken("c", 1, SECOND)).isZero();
    }

    @Test
    void noMoreAreKeptThanAllowed() {
        IntStream.range(0, 100).forEach(i -> taken("key " + i, 1, 0));
        assertThat(buckets.kept()).isBetween(1, 3);
    }

    @Test
    void nothingASecondIsNoRate() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Buckets(0, 3));
    }

    private long taken(String key, int wanted, long now) {
        return IntStream.range(0, wanted)
                .filter(_ -> buckets.take(key, now) == 0)
                .count();
    }
}
