package dev.rollcall.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    @Test
    void theOrderDoesNotMatter() {
        assertThat(Checksum.of(Stream.of("a", "b"))).isEqualTo(Checksum.of(Stream.of("b", "a")));
    }

    @Test
    void everyTextMatters() {
        assertThat(Checksum.of(Stream.of("a", "b"))).isNotEqualTo(Checksum.of(Stream.of("a", "c")));
        assertThat(Checksum.of(Stream.of("a"))).isNotEqualTo(Checksum.of(Stream.of("a", "a")));
    }

    @Test
    void itIsTheFirst32BitsOfMd5() {
        // md5('a') = 0cc175b9c0f1b6a831c399e269772661, md5('b') = 92eb5ffee6ae2fec3ad71c777531578f
        assertThat(Checksum.of(Stream.of("a", "b"))).isEqualTo(new Checksum(2, 0x0cc175b9L + 0x92eb5ffeL));
    }
}
