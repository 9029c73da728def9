package dev.rollcall.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TaskIdTest {
    @Test
    void anIdTellsItsLaneAndItem() {
        TaskId id = TaskId.of(42, 7);
        assertThat(id.lane()).isEqualTo(42);
        assertThat(id.item()).isEqualTo(7);
        assertThat(new TaskId(id.value())).isEqualTo(id);
    }

    @Test
    void theLargestIdSurvivesReadersThatKnowOnlyDoubles() {
        TaskId largest = TaskId.of((1L << 29) - 1, (1 << 24) - 1);
        assertThat((long) (double) largest.value()).isEqualTo(largest.value());
        assertThat(largest.lane()).isEqualTo((1L << 29) - 1);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TaskId.of(1, 1 << 24));
        assertThatIllegalArgumentException().isThrownBy(() -> TaskId.of(1L << 29, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> TaskId.of(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskId(-1));
    }
}
