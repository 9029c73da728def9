package dev.rollcall.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {

    @Test
    void whatSlowsBothOfAPairDoesNotCount() {
        // in the second round the machine was ten times slower
        var ratios = new Ratios(List.of(200.0, 22.0, 210.0), List.of(100.0, 10.0, 100.0));
        assertThat(ratios.each().median()).isEqualTo(2.1);
    }

    @Test
    void aPairHasTwoSides() {
        assertThatThrownBy(() -> new Ratios(List.of(1.0), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ratios(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
