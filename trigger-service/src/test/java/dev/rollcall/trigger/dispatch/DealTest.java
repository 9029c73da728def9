package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.trigger.dispatch.Dealer.Deal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DealTest {
    @Test
    void whatGoesOutWaitsNoLonger() {
        Deal deal = Deal.of(List.of(window(3, 10)), List.of(source(3, null)));
        assertThat(deal.turns()).hasSize(3);
        assertThat(deal.left()).containsEntry("p", 7);
        assertThat(deal.waits()).isFalse();
    }

    @Test
    void whatFindsNoRoomWaits() {
        assertThat(Deal.of(List.of(window(3, 2)), List.of(source(3, null))).waits())
                .isTrue();
        assertThat(Deal.of(List.of(window(3, 0)), List.of()).waits()).isTrue();
    }

    @Test
    void whatFindsNoPlaceOfItsBatchWaits() {
        Deal deal = Deal.of(List.of(window(3, 10)), List.of(source(3, 1)));
        assertThat(deal.turns()).hasSize(1);
        assertThat(deal.waits()).isTrue();
    }

    @Test
    void whatHasToWaitForItsTimeWaitsForNobodysEnd() {
        assertThat(Deal.of(List.of(window(3, 10)), List.of(source(2, null))).waits())
                .isFalse();
        assertThat(Deal.of(List.of(window(3, 10)), List.of()).waits()).isFalse();
    }

    /// A queue in which `waiting` tasks are to be hinted, now or later, and `free` hints have room.
    private static Window window(long waiting, int free) {
        Room room = new Room("p", 10, true, 0, 0, 0, waiting, false, null, null, null);
        return new Window(room, waiting, free, Integer.MAX_VALUE);
    }

    /// A lane with so much to hint now, of a batch that may have so many at one time.
    private static Source source(int now, @Nullable Integer slots) {
        return new Source(1, 1, LocalDate.of(2026, 11, 21), "p", "o", 0, 0, now, 0, 0, null, slots, slots);
    }
}
