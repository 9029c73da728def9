package dev.rollcall.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.worker.handler.Payload;
import dev.rollcall.worker.handler.Work;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    @Test
    void what_is_not_said_has_a_default() throws Exception {
        Request request = Request.of(payload("{\"url\":\"https://example.com/x\"}"));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers()).isEmpty();
        assertThat(request.body()).isEmpty();
    }

    @Test
    void a_body_that_is_no_text_is_sent_as_the_json_it_is() throws Exception {
        assertThat(Request.of(payload("{\"url\":\"http://a/\",\"body\":{\"n\":1.2345678901234567890123}}"))
                        .body())
                .isEqualTo("{\"n\":1.2345678901234567890123}");
        assertThat(Request.of(payload("{\"url\":\"http://a/\",\"body\":\"plain\"}"))
                        .body())
                .isEqualTo("plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "no JSON",
                "{}",
                "{\"url\":17}",
                "{\"url\":\"\"}",
                "{\"url\":\"ftp://example.com\"}",
                "{\"url\":\"file:///etc/passwd\"}",
                "{\"url\":\"http://\"}",
                "{\"url\":\"http://a b/\"}",
                "{\"url\":\"http://me:secret@example.com/\"}",
                "{\"url\":\"http://a/\",\"method\":\"CONNECT\"}",
                "{\"url\":\"http://a/\",\"method\":\"TRACE\"}",
                "{\"url\":\"http://a/\",\"headers\":[]}",
                "{\"url\":\"http://a/\",\"headers\":{\"Host\":\"b\"}}",
                "{\"url\":\"http://a/\",\"headers\":{\"content-length\":\"0\"}}",
                "{\"url\":\"http://a/\",\"headers\":{\"Webhook-Signature\":\"v1,x\"}}",
                "{\"url\":\"http://a/\",\"headers\":{\"Proxy-Authorization\":\"x\"}}",
                "{\"url\":\"http://a/\",\"headers\":{\"x\":\"a\\r\\nhost: b\"}}",
                "{\"url\":\"http://a/\",\"headers\":{\"x\\r\\ny\":\"a\"}}",
                "{\"url\":\"http://a/\",\"headers\":{\"x y\":\"a\"}}",
                "{\"url\":\"http://a/\",\"headers\":{\"x\":1}}"
            })
    void what_makes_no_request_fails_the_task(String payload) {
        assertThatExceptionOfType(Payload.Bad.class).isThrownBy(() -> Request.of(payload(payload)));
    }

    private static Payload payload(String json) throws Payload.Bad {
        return Payload.of(
                new Work(1, LocalDate.of(2026, 11, 21), 1, "http", 1, Work.Kind.JOBS, "acme", null, null, null, json));
    }
}
