package dev.rollcall.trigger.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {
    @ParameterizedTest(name = "of {0}: {1} processing, {2} completed, {3} failed, {4} cancelled is {5}")
    @CsvSource({
        "10, 0,  0, 0,  0, PENDING",
        "10, 1,  0, 0,  0, PROCESSING",
        "10, 0,  1, 0,  0, PROCESSING",
        "10, 0,  0, 1,  0, PROCESSING",
        "10, 0,  0, 0,  9, PROCESSING",
        "10, 1,  9, 0,  0, PROCESSING",
        "10, 0, 10, 0,  0, COMPLETED",
        "10, 0,  9, 1,  0, FAILED",
        "10, 0,  8, 1,  1, FAILED",
        "10, 0,  0, 0, 10, CANCELLED",
        "10, 0,  9, 0,  1, CANCELLED",
    })
    void theStatusFollowsFromTheCounts(
            long total, long processing, long completed, long failed, long cancelled, Status status) {
        assertThat(new Counts(total, processing, completed, failed, cancelled).status())
                .isEqualTo(status);
    }

    @ParameterizedTest(name = "{1} of {0} is {2} %")
    @CsvSource({
        "3,       1, 33.33",
        "3,       2, 66.66",
        "100000, 99999, 99.99",
        "1000000, 999999, 99.99",
        "8,       8, 100.00",
        "8,       0, 0.00",
        "1000000, 99, 0.00",
    })
    void thePercentageIsNeverRoundedUp(long total, long completed, String percent) {
        assertThat(new Counts(total, 0, completed, 0, 0).percent()).isEqualTo(percent);
    }

    @Test
    void thePartsSumToThePlan() {
        Counts counts = new Counts(100, 7, 40, 3, 2);
        assertThat(counts.remaining()).isEqualTo(55);
        assertThat(counts.pending()).isEqualTo(48);
        assertThat(counts.pending() + counts.processing() + counts.completed() + counts.failed() + counts.cancelled())
                .isEqualTo(counts.total());
        assertThat(counts.plus(counts)).isEqualTo(new Counts(200, 14, 80, 6, 4));
    }

    @Test
    void countsThatCanNotBeAreRefused() {
        assertThatThrownBy(() -> new Counts(1, 1, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Counts(1, -1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
