package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void aBatchWithoutABoundKeepsItsWork() {
        Source source = source(1, 100, 5, NOON, null, null);
        assertThat(Bounds.keep(List.of(source))).containsExactly(source);
    }

    @Test
    void oneAtATimeMeansOneOverAllLanes() {
        List<Source> kept = Bounds.keep(List.of(source(1, 100, 0, NOON, 1, 1), source(2, 100, 0, null, 1, 1)));
        assertThat(kept).singleElement().satisfies(lane -> {
            assertThat(lane.lane()).as("the one that waited longest").isEqualTo(2);
            assertThat(lane.fresh()).isOne();
        });
    }

    @Test
    void whatIsDueAgainGoesBeforeWhatIsNew() {
        assertThat(Bounds.keep(List.of(source(1, 100, 3, NOON, 1, 1))))
                .singleElement()
                .satisfies(lane -> {
                    assertThat(lane.due()).isOne();
                    assertThat(lane.fresh()).isZero();
                });
    }

    @Test
    void aTaskThatWaitsToBeTriedAgainKeepsTheNextOneBack() {
        assertThat(Bounds.keep(List.of(source(1, 100, 0, NOON, 1, 0)))).isEmpty();
    }

    @Test
    void aFullBatchGetsNothing() {
        assertThat(Bounds.keep(List.of(source(1, 100, 2, NOON, 0, -3)))).isEmpty();
    }

    private static Source source(
            long lane,
            int fresh,
            int due,
            @Nullable Instant dispatchedAt,
            @Nullable Integer slots,
            @Nullable Integer freshSlots) {
        return new Source(
                lane,
                7,
                LocalDate.of(2026, 11, 21),
                "p" + lane,
                "acme",
                0,
                0,
                fresh,
                due,
                0,
                dispatchedAt,
                slots,
                freshSlots);
    }
}
