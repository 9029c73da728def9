package dev.rollcall.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RotationTest {

    @Test
    void twoAlternate() {
        assertThat(Rotation.of(List.of("A", "B"), 0)).containsExactly("A", "B");
        assertThat(Rotation.of(List.of("A", "B"), 1)).containsExactly("A", "B");
    }

    @Test
    void ofMoreAnotherOneBeginsEachRound() {
        assertThat(Rotation.of(List.of("A", "B", "C"), 1)).containsExactly("B", "C", "A");
        assertThat(Rotation.of(List.of("A", "B", "C"), 5)).containsExactly("C", "A", "B");
    }
}
