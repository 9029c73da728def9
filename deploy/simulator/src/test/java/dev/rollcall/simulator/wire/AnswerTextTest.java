package dev.rollcall.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTextTest {

    private static final String NONCE = "0123456789abcdef";

    @ParameterizedTest
    @ValueSource(ints = {22, 60, 100, 500, 5_000, 100_000})
    void a_text_has_the_size_asked_for(int bytes) {
        assertThat(AnswerText.of(NONCE, "Wie geht’s? 🚲", bytes).getBytes(UTF_8))
                .hasSize(bytes);
    }

    @Test
    void the_nonce_is_never_cut() {
        assertThat(AnswerText.of(NONCE, "hello", 0)).isEqualTo("nonce=" + NONCE);
    }

    @Test
    void the_prompt_is_echoed_but_never_half_a_character() {
        assertThat(AnswerText.of(NONCE, "hello", 500)).startsWith("nonce=" + NONCE + " echo: hello ");
        var text = AnswerText.of(NONCE, "x" + "🚲".repeat(60), 500);
        assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text).hasSizeLessThan(500);
    }
}
