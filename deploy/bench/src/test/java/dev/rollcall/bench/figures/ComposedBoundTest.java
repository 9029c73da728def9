package dev.rollcall.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.bench.figures.ComposedBound.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposedBoundTest {

    @Test
    void itIsTheCoresByTheCpuOfAllSteps() {
        var bound = new ComposedBound(2, List.of(new Step("claim", 15e-6), new Step("end", 25e-6)));
        assertThat(bound.tasksPerSecond()).isCloseTo(50_000, within(1e-6));
        assertThat(bound.told()).isEqualTo("claim 15.0 µs, end 25.0 µs");
    }

    @Test
    void aStepThatCostsNothingWasNotMeasured() {
        assertThatThrownBy(() -> new ComposedBound(2, List.of(new Step("claim", 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
