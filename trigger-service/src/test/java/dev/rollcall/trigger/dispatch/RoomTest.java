package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
    @Test
    void theWindowIsALittleLargerThanTheConcurrency() {
        assertThat(room(16, 0).free(0)).isEqualTo(24);
        assertThat(room(100, 0).free(0)).isEqualTo(150);
    }

    @Test
    void itGrowsWithWhatEndsInHalfASecond() {
        assertThat(room(16, 0).free(1000)).isEqualTo(16 + 500);
    }

    @Test
    void itHasABound() {
        assertThat(room(16, 0).free(1e9)).isEqualTo(16 + 8192);
    }

    @Test
    void whatIsOutstandingTakesRoom() {
        assertThat(room(16, 23).free(0)).isOne();
        assertThat(room(16, 500).free(0)).isZero();
    }

    @Test
    void ratesRiseAtOnceAndSinkAfterASecond() {
        Rates rates = new Rates();
        long t = 0;
        assertThat(rates.observe(ended(0), t)).isZero();
        assertThat(rates.observe(ended(100), t + 100_000_000)).isEqualTo(400);
        assertThat(rates.observe(ended(200), t + 1_000_000_000)).isEqualTo(200);
        assertThat(rates.observe(ended(200), t + 1_500_000_000)).isEqualTo(200);
        assertThat(rates.observe(ended(200), t + 2_000_000_000))
                .as("a second without an end")
                .isZero();
        assertThat(rates.observe(ended(0), t + 3_100_000_000L))
                .as("batches were closed")
                .isZero();
    }

    @Test
    void whatHadEndedBeforeAQueueWasOpenedAgainHasNotEndedAtOnce() {
        Rates rates = new Rates();
        long second = 1_000_000_000;
        rates.observe(ended(0), 0);
        rates.observe(ended(20_000), 60 * second);
        rates.observe(ended(20_000), 70 * second);
        Room closed = new Room("p", 16, false, 0, 0, 0, 0, false, null, null, null);
        assertThat(rates.observe(closed, 80 * second)).isZero();
        assertThat(rates.observe(ended(20_001), 80 * second + 1)).isLessThan(5);
    }

    private static Room ended(long tasks) {
        return new Room("p", 16, true, 0, 0, tasks, 0, false, null, null, null);
    }

    private static Room room(int concurrency, long outstanding) {
        return new Room("p", concurrency, true, outstanding, 0, 0, 0, false, null, null, null);
    }
}
