package dev.rollcall.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListScheduleTest {

    @Test
    void equalPiecesTakeWholeWaves() {
        assertThat(ListSchedule.makespan(Collections.nCopies(10, 1.0), 4)).isEqualTo(3);
    }

    @Test
    void aLongPieceAtTheEndIsWaitedFor() {
        var durations = List.of(1.0, 1.0, 1.0, 1.0, 4.0);
        assertThat(ListSchedule.makespan(durations, 2)).isEqualTo(6);
        assertThat(ListSchedule.longestFirst(durations, 2)).isEqualTo(4);
    }

    @Test
    void oneAfterTheOtherIsTheSum() {
        assertThat(ListSchedule.makespan(List.of(1.0, 2.0, 3.0), 1)).isEqualTo(6);
    }

    @Test
    void thePlaceOfATaskThatMustWaitIsTakenByOthers() {
        var tasks = List.of(List.of(1.0, 1.0), List.of(2.0), List.of(2.0));
        assertThat(ListSchedule.makespan(tasks, 1, 1)).isEqualTo(6);
        assertThat(ListSchedule.makespan(tasks, 1, 2)).isEqualTo(3);
    }

    @Test
    void theLastOneIsWaitedForWhileAllPlacesAreFree() {
        assertThat(ListSchedule.makespan(List.of(List.of(1.0), List.of(1.0, 2.0, 3.0)), 10, 2))
                .isEqualTo(26);
    }

    @Test
    void aTaskThatMayBeTriedAgainGoesFirst() {
        var tasks = List.of(List.of(1.0, 5.0), List.of(1.0), List.of(2.0), List.of(2.0), List.of(2.0));
        assertThat(ListSchedule.makespan(tasks, 0, 2)).isEqualTo(7);
    }

    @Test
    void itNeedsAPlace() {
        assertThatThrownBy(() -> ListSchedule.makespan(List.of(1.0), 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
