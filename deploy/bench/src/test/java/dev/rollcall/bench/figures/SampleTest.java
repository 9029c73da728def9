package dev.rollcall.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void theMedianIsInTheMiddle() {
        assertThat(Sample.of(List.of(9, 1, 5)).median()).isEqualTo(5);
        assertThat(Sample.of(List.of(9, 1, 5, 6)).median()).isEqualTo(5.5);
        assertThat(Sample.of(List.of(7)).median()).isEqualTo(7);
    }

    @Test
    void aQuantileIsANumberOfTheSample() {
        var hundred = Sample.of(IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(hundred.quantile(0.5)).isEqualTo(50);
        assertThat(hundred.quantile(0.99)).isEqualTo(99);
        assertThat(hundred.quantile(0.991)).isEqualTo(100);
        assertThat(hundred.quantile(0)).isEqualTo(hundred.least()).isEqualTo(1);
        assertThat(hundred.quantile(1)).isEqualTo(hundred.most()).isEqualTo(100);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Sample.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
