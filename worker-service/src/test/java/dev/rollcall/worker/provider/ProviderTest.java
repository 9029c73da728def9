package dev.rollcall.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Provider provider(String id, String url, String model, String variable, int concurrency) {
        return new Provider(
                id, Protocol.OPENAI, URI.create(url), model, variable, concurrency, SECOND, SECOND.multipliedBy(2));
    }

    @Test
    void trailing_slashes_are_dropped() {
        assertThat(provider("a", "http://localhost:1/v1//", "m", "KEY", 1).baseUrl())
                .isEqualTo(URI.create("http://localhost:1/v1"));
    }

    @Test
    void a_blank_key_variable_means_that_no_key_is_wanted() {
        assertThat(provider("a", "http://localhost/v1", "m", " ", 1).keyVariable())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gpt-4o-mini", "meta-llama/Llama-3.3-70B", "@cf/meta/llama", "ft:gpt-4o:org::x", "qwen2.5:7b"})
    void models_of_the_real_world_are_accepted(String model) {
        assertThat(provider("a", "http://localhost/v1", model, "KEY", 1).model())
                .isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({
        "'',     http://host/v1,           m,   KEY, 1",
        "a b,    http://host/v1,           m,   KEY, 1",
        "a,      ftp://host/v1,            m,   KEY, 1",
        "a,      /v1,                      m,   KEY, 1",
        "a,      http:///v1,               m,   KEY, 1",
        "a,      http://user:pw@host/v1,   m,   KEY, 1",
        "a,      http://host/v1?key=x,     m,   KEY, 1",
        "a,      http://host/v1#x,         m,   KEY, 1",
        "a,      http://host/v1,           '',  KEY, 1",
        "a,      http://host/v1,           m m, KEY, 1",
        "a,      http://host/v1,           m,   sk-secret, 1",
        "a,      http://host/v1,           m,   KEY, 0",
    })
    void nonsense_is_refused(String id, String url, String model, String variable, int concurrency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider(id, url, model, variable, concurrency))
                .withMessageNotContainingAny("sk-secret", "pw@");
    }

    @Test
    void timeouts_must_be_positive() {
        URI url = URI.create("http://host/v1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Provider("a", Protocol.GEMINI, url, "m", null, 1, Duration.ZERO, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Provider("a", Protocol.GEMINI, url, "m", null, 1, SECOND, SECOND.negated()));
    }

    @Test
    void protocols_are_found_by_their_code() {
        assertThat(Protocol.values())
                .allSatisfy(protocol -> assertThat(Protocol.of(protocol.code())).isSameAs(protocol));
        assertThatIllegalArgumentException().isThrownBy(() -> Protocol.of("OPENAI"));
    }
}
