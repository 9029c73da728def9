package dev.rollcall.postcheck.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
    @ParameterizedTest(name = "{0} of {1} is {2} %")
    @CsvSource({
        "9999, 10000, 99.99",
        "99999, 100000, 99.99",
        "999999999, 1000000000, 99.99",
        "94999, 100000, 94.99",
        "949999999, 1000000000, 94.99",
        "95, 100, 95.00",
        "1, 3, 33.33",
        "2, 3, 66.66",
        "7, 7, 100.00",
        "0, 7, 0.00",
        "1, 1000000, 0.00",
        "0, 0, 0.00"
    })
    void aPercentageIsNeverRoundedUp(long part, long whole, String percent) {
        assertThat(new Share(part, whole).percent()).hasToString(percent);
    }

    @ParameterizedTest(name = "{0} of {1} reaches 95 %: {2}")
    @CsvSource({
        "95, 100, true",
        "94, 100, false",
        "19, 20, true",
        "18, 20, false",
        "94999, 100000, false",
        "949999999, 1000000000, false",
        "950000000, 1000000000, true",
        "1, 1, true",
        "0, 1, false",
        "0, 0, false"
    })
    void theExactFractionIsCompared(long part, long whole, boolean reaches) {
        assertThat(new Share(part, whole).reaches(95)).isEqualTo(reaches);
    }

    @Test
    void nothingCanBeMoreThanTheWhole() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Share(2, 1)).withMessage("2 of 1 is no share");
        assertThatIllegalArgumentException().isThrownBy(() -> new Share(-1, 1));
    }
}
