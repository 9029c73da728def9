package dev.rollcall.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final RetryAfter RULE = new RetryAfter(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({
        "7,                                  7",
        "' 7 ',                              7",
        "0,                                  1",
        "1000000000,                         300",
        "99999999999999999999999999,         300",
        "-5,                                 1",
        "1.5,                                1",
        "soon,                               1",
        "'',                                 1",
        "'Sat, 21 Nov 2026 10:00:42 GMT',    42",
        "'Sat, 21 Nov 2026 09:00:00 GMT',    1",
        "'Sat, 21 Nov 2099 10:00:00 GMT',    300",
        "'Fri, 31 Feb 2026 10:00:00 GMT',    1",
        "２,                                 1",
    })
    void is_read_and_bounded(String header, long seconds) {
        assertThat(RULE.read(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void absent_means_the_least() {
        assertThat(RULE.read(null, NOW)).isEqualTo(Duration.ofSeconds(1));
    }
}
