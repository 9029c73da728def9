package dev.rollcall.trigger.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentEndsTest {
    private static final long SECOND = 1_000_000_000L;
    private final RecentEnds ends = new RecentEnds();

    @Test
    void nothingEndedIsNoAverage() {
        assertThat(ends.summary(5 * SECOND)).isEqualTo(RecentEnds.Summary.NONE);
    }

    @Test
    void averageAndNearestRank() {
        for (int i = 1; i <= 100; i++) {
            ends.add(i, 100 * SECOND);
        }
        assertThat(ends.summary(101 * SECOND)).isEqualTo(new RecentEnds.Summary(100, 51L, 95L));
    }

    @Test
    void whatIsOlderThanAMinuteIsForgotten() {
        ends.add(1000, 100 * SECOND);
        ends.add(10, 150 * SECOND);
        assertThat(ends.summary(165 * SECOND)).isEqualTo(new RecentEnds.Summary(1, 10L, 10L));
        assertThat(ends.summary(400 * SECOND)).isEqualTo(RecentEnds.Summary.NONE);
    }

    @Test
    void noNumberOfEndsIsTooLarge() {
        RecentEnds many = new RecentEnds(Integer.MAX_VALUE);
        for (int i = 0; i < 3; i++) {
            many.add(7, 100 * SECOND);
        }
        assertThat(many.summary(100 * SECOND)).isEqualTo(new RecentEnds.Summary(3, 7L, 7L));
    }

    @Test
    void allEndsAreCountedThoughOnlyTheLatestAreTimed() {
        for (int i = 0; i < 5000; i++) {
            ends.add(7, 100 * SECOND);
        }
        assertThat(ends.summary(100 * SECOND)).isEqualTo(new RecentEnds.Summary(5000, 7L, 7L));
    }
}
