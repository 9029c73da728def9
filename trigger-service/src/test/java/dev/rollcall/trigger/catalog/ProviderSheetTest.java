package dev.rollcall.trigger.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSheetTest {
    private final Map<String, String> cells = new HashMap<>(
            Map.of("id", "p1", "protocol", "openai", "base_url", "https://api.example.com/v1", "model", "m"));

    @Test
    void whatIsLeftOutHasItsDefault() throws BadCell {
        Provider provider = read();
        assertThat(provider.keyVariable).isNull();
        assertThat(provider.concurrency).isEqualTo(8);
        assertThat(provider.connectTimeoutMs).isEqualTo(5_000);
        assertThat(provider.totalTimeoutMs).isEqualTo(120_000);
        assertThat(provider.active).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENAI_API_KEY",
                "KEY",
                "_KEY2",
                "openai_key",
                "ANTHROPICAPIKEY",
                "A_VERY_LONG_NAME_OF_A_VARIABLE_2"
            })
    void theNameOfAVariableIsTaken(String name) throws BadCell {
        cells.put("key_variable", name);
        assertThat(read().keyVariable).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-abc",
                "sk_live_abcdef",
                "AIzaSyA1234567890abcdefg",
                "AKIAIOSFODNN7EXAMPLE",
                "MY KEY",
                "2KEYS",
                "KEY-NAME",
                "0123456789abcdef",
                "abcdefgh12345678abcd",
                "KEY_AbCdEfGhIjKlMnOpQr",
                "gsk_AbCdEf",
                "=KEY",
                "$KEY"
            })
    void aKeyItselfIsRefusedAndNeverRepeated(String key) {
        cells.put("key_variable", key);
        assertThatThrownBy(this::read)
                .isInstanceOf(BadCell.class)
                .hasMessageContaining("key_variable must be the name")
                .hasMessageNotContaining(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example.com",
                "/v1",
                "ftp://api.example.com",
                "https://",
                "https:///v1",
                "https://me:secret@api.example.com",
                "https://secret@api.example.com",
                "https://api.example.com/v1?key=secret",
                "https://api.example.com/#x",
                "https://api example.com",
                "mailto:a@b"
            })
    void aBaseUrlThatIsNoPlainWebAddressIsRefused(String url) {
        cells.put("base_url", url);
        assertThatThrownBy(this::read)
                .hasMessage("base_url must be an absolute http or https URL without user, query and fragment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8083/p1", "https://api.example.com", "http://[::1]:8080/v1"})
    void aPlainWebAddressIsTaken(String url) throws BadCell {
        cells.put("base_url", url);
        assertThat(read().baseUrl).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "concurrency, 0, 10000",
        "concurrency, -1, 10000",
        "concurrency, 10001, 10000",
        "concurrency, 1.5, 10000",
        "concurrency, many, 10000",
        "concurrency, 99999999999999, 10000",
        "connect_timeout_ms, 0, 3600000",
        "total_timeout_ms, 3600001, 3600000",
    })
    void aNumberOutOfRangeIsRefused(String column, String value, String max) {
        cells.put(column, value);
        assertThatThrownBy(this::read).hasMessage(column + " must be a whole number from 1 to " + max);
    }

    @Test
    void anUnknownProtocolIsRefused() {
        cells.put("protocol", "gopher");
        assertThatThrownBy(this::read).hasMessage("protocol must be one of openai, anthropic, gemini");
    }

    private Provider read() throws BadCell {
        return new ProviderSheet().read(new Cells(cells));
    }
}
