package dev.rollcall.trigger.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BadRequestException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRequestTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    @Test
    void withoutADayItIsToday() {
        assertThat(RunRequest.of(null, null, TODAY)).isEqualTo(new RunRequest(TODAY, false));
        assertThat(RunRequest.of("", "", TODAY)).isEqualTo(new RunRequest(TODAY, false));
    }

    @Test
    void aDayInThePastOrTomorrowIsAllowed() {
        assertThat(RunRequest.of("2026-02-28", "true", TODAY))
                .isEqualTo(new RunRequest(LocalDate.of(2026, 2, 28), true));
        assertThat(RunRequest.of("2026-11-22", "false", TODAY)).isEqualTo(new RunRequest(TODAY.plusDays(1), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23",
                "2027-01-01",
                "1999-12-31",
                "-2026-11-21",
                "tomorrow",
                "2026-02-29",
                "21.11.2026",
                "+12026-11-21"
            })
    void anyOtherDayIsRefused(String day) {
        assertThatThrownBy(() -> RunRequest.of(day, null, TODAY))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("day must be");
    }

    @Test
    void aForceThatIsNeitherTrueNorFalseIsRefused() {
        assertThatThrownBy(() -> RunRequest.of(null, "yes", TODAY))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("force must be");
    }
}
