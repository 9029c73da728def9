package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;
    private final Throttle throttle = new Throttle();

    @Test
    void withoutARateEverythingMayGo() {
        assertThat(throttle.allowed(room(null, null, null), 0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void noMoreThanTheTickHolds() {
        Room room = room(10, 1000, null);
        assertThat(throttle.allowed(room, 0)).isEqualTo(10);
        throttle.sent("p", 7, 1);
        assertThat(throttle.allowed(room, SECOND / 2)).isEqualTo(3);
        throttle.sent("p", 3, SECOND / 2);
        assertThat(throttle.allowed(room, SECOND - 1)).isZero();
        assertThat(throttle.allowed(room, SECOND)).as("a new tick").isEqualTo(10);
    }

    @Test
    void oneAtATimeWithADelay() {
        Room room = room(null, null, 500);
        assertThat(throttle.allowed(room, 0)).isOne();
        throttle.sent("p", 1, 0);
        assertThat(throttle.allowed(room, SECOND / 4)).isZero();
        assertThat(throttle.allowed(room, SECOND / 2)).isOne();
    }

    @Test
    void aNewRateCountsAtOnce() {
        assertThat(throttle.allowed(room(1, 60_000, null), 0)).isOne();
        throttle.sent("p", 1, 0);
        assertThat(throttle.allowed(room(1, 60_000, null), SECOND)).isZero();
        assertThat(throttle.allowed(room(5, 60_000, null), SECOND)).isEqualTo(4);
        assertThat(throttle.allowed(room(null, null, null), SECOND)).isEqualTo(Integer.MAX_VALUE);
    }

    private static Room room(@Nullable Integer perTick, @Nullable Integer tickMs, @Nullable Integer delayMs) {
        return new Room("p", 16, 0, 0, false, perTick, tickMs, delayMs);
    }
}
