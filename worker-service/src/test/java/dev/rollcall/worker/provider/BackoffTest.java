package dev.rollcall.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "5, 16", "9, 256", "10, 300", "11, 300", "63, 300", "64, 300", "2147483647, 300"
    })
    void the_ceiling_doubles_up_to_the_cap(int failures, long seconds) {
        assertThat(BACKOFF.after(failures, highest())).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void the_jitter_is_full() {
        Random random = new Random(7);
        var waits = IntStream.range(0, 10_000)
                .mapToLong(i -> BACKOFF.after(4, random).toMillis())
                .summaryStatistics();
        assertThat(waits.getMin()).isBetween(0L, 100L);
        assertThat(waits.getMax()).isBetween(7_900L, 8_000L);
        assertThat(waits.getAverage()).isBetween(3_800.0, 4_200.0);
    }

    @Test
    void a_cap_near_the_clocks_end_does_not_overflow() {
        Backoff huge = new Backoff(Duration.ofSeconds(3), Duration.ofNanos(Long.MAX_VALUE - 1));
        assertThat(huge.after(40, highest())).isEqualTo(huge.cap());
    }

    @Test
    void nonsense_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BACKOFF.after(0, highest()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    /// Always draws the most.
    private static RandomGenerator highest() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }
}
