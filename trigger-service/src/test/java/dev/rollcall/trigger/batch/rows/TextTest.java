package dev.rollcall.trigger.batch.rows;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Text text = new Text(out);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 16_777_215, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE})
    void aNumberIsWrittenAsJavaWouldWriteIt(long number) throws IOException {
        text.put(number).flush();
        assertThat(out).hasToString(Long.toString(number));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 65_535, 65_536, 65_537, 200_000})
    void whateverTheSizeNothingIsLostOrOutOfOrder(int size) throws IOException {
        byte[] some = new byte[size];
        Arrays.fill(some, (byte) 'x');
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.put(some).put(i).put(',');
            expected.append("x".repeat(size)).append(i).append(',');
        }
        text.flush();
        assertThat(out.toString(US_ASCII)).isEqualTo(expected.toString());
    }

    @Test
    void itIsGivenAwayInLargePieces() throws IOException {
        text.put(new byte[60_000]);
        assertThat(out.size()).isZero();
        text.put(new byte[6_000]);
        assertThat(out.size()).isEqualTo(60_000);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2000-01-01T00:00:00+00:00",
        "1, 2000-01-01T00:00:00.000001+00:00",
        "250000, 2000-01-01T00:00:00.25+00:00",
        "-1, 1999-12-31T23:59:59.999999+00:00",
        "848602800100000, 2026-11-21T19:00:00.1+00:00"
    })
    void aTimeIsWrittenInUtcToTheMicrosecond(long micros, String expected) throws IOException {
        Utc utc = new Utc();
        utc.write(micros, text);
        utc.write(micros, text.put(' '));
        text.flush();
        assertThat(out).hasToString(expected + " " + expected);
    }
}
