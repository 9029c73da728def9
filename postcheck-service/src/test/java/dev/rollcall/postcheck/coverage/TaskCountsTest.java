package dev.rollcall.postcheck.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TaskCountsTest {
    @Test
    void countsThatDoNotSumToThePlanAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TaskCounts(7, 1, 1, 1, 1, 1, 1));
        assertThat(new TaskCounts(6, 1, 1, 1, 1, 1, 1).planned()).isEqualTo(6);
    }

    @Test
    void onlyWhatIsFinalWithoutSuccessCanBeRepaired() {
        assertThat(new TaskCounts(1, 0, 0, 0, 1, 0, 0).repairable()).isTrue();
        assertThat(new TaskCounts(1, 0, 0, 0, 0, 1, 0).repairable())
                .as("what was cancelled stays cancelled")
                .isFalse();
        assertThat(new TaskCounts(3, 1, 1, 1, 0, 0, 0).repairable()).isFalse();
    }

    @Test
    void aWholeLedgerRaisesNoObjection() {
        assertThat(new TaskCounts(2, 0, 0, 2, 0, 0, 0).objection(2)).isEmpty();
    }

    @Test
    void aDamagedLedgerIsNeverHealthy() {
        assertThat(new TaskCounts(2, 0, 0, 1, 0, 0, 1).objection(2))
                .contains("1 planned tasks have no row: the ledger is damaged");
        assertThat(new TaskCounts(2, 0, 0, 2, 0, 0, 0).objection(4))
                .get()
                .asString()
                .contains("opened with 4 tasks");
    }
}
