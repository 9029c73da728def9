package dev.rollcall.postcheck.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.ledger.TaskState;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void everyStateHasExactlyOneReason() {
        assertThat(Reason.of(TaskState.PENDING, 0)).isEqualTo(Reason.WAITING);
        assertThat(Reason.of(TaskState.PENDING, 1)).isEqualTo(Reason.RETRYING);
        assertThat(Reason.of(TaskState.RUNNING, 1)).isEqualTo(Reason.IN_FLIGHT);
        assertThat(Reason.of(TaskState.FAILED, 5)).isEqualTo(Reason.FAILED);
        assertThat(Reason.of(TaskState.CANCELLED, 0)).isEqualTo(Reason.CANCELLED);
        assertThat(Reason.of(null, 0)).isEqualTo(Reason.ABSENT);
    }

    @Test
    void whatSucceededIsNotMissing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Reason.of(TaskState.SUCCEEDED, 1));
    }
}
