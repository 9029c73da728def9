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
    void noMoreThanATickHoldsAreClaimedInAnyTick() {
        Room room = room(10, 1000, null);
        assertThat(throttle.allowed(room, 0)).isEqualTo(10);
        throttle.sent("p", 7, 1);
        assertThat(throttle.allowed(room, SECOND / 2)).as("seven were claimed").isEqualTo(3);
        throttle.sent("p", 3, SECOND / 2);
        assertThat(throttle.allowed(room, SECOND)).as("three more were").isZero();
        assertThat(throttle.allowed(room, SECOND * 3 / 2 - 1)).isZero();
        assertThat(throttle.allowed(room, SECOND * 3 / 2 + SECOND / 64))
                .as("a tick after the seven")
                .isEqualTo(7);
        assertThat(throttle.allowed(room, SECOND * 2 + SECOND / 64)).isEqualTo(10);
    }

    @Test
    void hintsThatNobodyTakesDoNotPileUp() {
        assertThat(throttle.allowed(onTheirWay(0), 0)).isEqualTo(10);
        throttle.sent("p", 10, 0);
        assertThat(throttle.allowed(onTheirWay(10), 60 * SECOND))
                .as("the workers are away")
                .isZero();
        assertThat(throttle.allowed(onTheirWay(0), 61 * SECOND))
                .as("they are back and have taken all")
                .isZero();
        assertThat(throttle.allowed(onTheirWay(0), 62 * SECOND)).isEqualTo(10);
    }

    @Test
    void aLongTickIsRememberedInParts() {
        Room room = room(1_000_000, 86_400_000, null);
        for (int n = 0; n < 10_000; n++) {
            assertThat(throttle.allowed(room, n * SECOND)).isEqualTo(1_000_000 - n);
            throttle.sent("p", 1, n * SECOND);
        }
        assertThat(throttle.allowed(room, 2 * 86_400 * SECOND)).isEqualTo(999_999);
    }

    @Test
    void oneAtATimeWithADelay() {
        Room room = room(null, null, 500);
        assertThat(throttle.allowed(room, 0)).isOne();
        throttle.sent("p", 1, 0);
        assertThat(throttle.allowed(room, SECOND / 4)).isZero();
        assertThat(throttle.allowed(room, SECOND / 2)).isOne();
        throttle.sent("p", 1, SECOND / 2);
        assertThat(throttle.allowed(new Room("p", 16, true, 1, 0, 0, 0, false, null, null, 500), 2 * SECOND))
                .as("the last one is not even claimed")
                .isZero();
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
        return new Room("p", 16, true, 0, 0, 0, 0, false, perTick, tickMs, delayMs);
    }

    private static Room onTheirWay(long hints) {
        return new Room("p", 16, true, hints + 3, 3, 0, 0, false, 10, 1000, null);
    }
}
