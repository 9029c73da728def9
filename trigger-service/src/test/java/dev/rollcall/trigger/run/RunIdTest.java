package dev.rollcall.trigger.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunIdTest {
    @Test
    void digitsAreANumberAndAnythingElseIsAKey() {
        assertThat(RunId.of("12")).isEqualTo(new RunId.Number(12));
        assertThat(RunId.of("999999999999999999")).isEqualTo(new RunId.Number(999999999999999999L));
        assertThat(RunId.of("daily:2026-11-21#2")).isEqualTo(new RunId.Key("daily:2026-11-21#2"));
        assertThat(RunId.of("99999999999999999999")).isEqualTo(new RunId.Key("99999999999999999999"));
        assertThat(RunId.of("-1")).isEqualTo(new RunId.Key("-1"));
    }
}
