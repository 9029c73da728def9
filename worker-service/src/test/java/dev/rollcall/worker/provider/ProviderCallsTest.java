package dev.rollcall.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Failed;
import dev.rollcall.worker.handler.Outcome.NotYet;
import dev.rollcall.worker.handler.Outcome.Retry;
import dev.rollcall.worker.handler.Outcome.Succeeded;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderCallsTest {
    private static final String KEY = "sk-very-secret-1";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(20);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ProviderCalls calls = new ProviderCalls(
            Settings.with(Map.of("rollcall.provider.max-answer-bytes", "65536")),
            meters,
            InstantSource.fixed(NOW),
            Map.of("THE_KEY", KEY, "BLANK", " ", "BROKEN", "a\nb")::get);
    private FakeProvider server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeProvider();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Provider provider(Protocol protocol, @Nullable String variable, Duration total) {
        String path = protocol == Protocol.GEMINI ? "/p/v1beta/" : "/p/v1/";
        return new Provider("p", protocol, server.url(path), "m", variable, 8, Duration.ofSeconds(2), total);
    }

    private Outcome call(Protocol protocol) {
        return calls.call(provider(protocol, "THE_KEY", LONG), 42, 3, "Say hello.");
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,    /p/v1/chat/completions,             authorization,  Bearer sk-very-secret-1",
        "ANTHROPIC, /p/v1/messages,                     x-api-key,      sk-very-secret-1",
        "GEMINI,    /p/v1beta/models/m:generateContent, x-goog-api-key, sk-very-secret-1",
    })
    void each_protocol_is_the_providers_own(Protocol protocol, String path, String header, String value) {
        assertThat(call(protocol)).isEqualTo(new Succeeded("hello", new Call(NOW, 200, "m-1", 7, 3, "stop")));
        assertThat(server.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.path()).isEqualTo(path);
            assertThat(seen.body()).contains("Say hello.");
            assertThat(seen.headers())
                    .containsEntry(header, value)
                    .containsEntry("x-rollcall-task", "42")
                    .containsEntry("x-rollcall-attempt", "3");
        });
        assertThat(meters.get("rollcall.provider.calls")
                        .tags("provider", "p", "outcome", "succeeded")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void anthropic_is_told_how_long_an_answer_may_be() {
        call(Protocol.ANTHROPIC);
        assertThat(server.seen().getFirst().body()).containsPattern("\"max_tokens\"\\s*:\\s*4096");
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_wants_no_key_gets_a_placeholder(Protocol protocol) {
        assertThat(calls.call(provider(protocol, null, LONG), 1, 1, "x")).isInstanceOf(Succeeded.class);
        assertThat(server.seen().getFirst().headers().values()).anyMatch(value -> value.endsWith("none"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 405, 409, 413, 415, 422, 451, 499})
    void a_refusal_fails_at_once_with_the_reason(int status) {
        for (Protocol protocol : Protocol.values()) {
            server.behave(status, "{\"error\":{\"message\":\"no " + KEY + " no\"}}");
            assertThat(call(protocol)).asInstanceOf(type(Failed.class)).satisfies(failed -> {
                assertThat(failed.reason()).isEqualTo("http_" + status);
                assertThat(failed.detail()).contains("no *** no").doesNotContain(KEY);
                assertThat(failed.call()).isEqualTo(new Call(NOW, status, null, null, null, null));
            });
        }
        assertThat(server.seen()).hasSize(Protocol.values().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 500, 501, 502, 503, 504, 520, 529, 599})
    void an_ill_provider_is_asked_again_by_the_ledger_and_not_here(int status) {
        for (Protocol protocol : Protocol.values()) {
            server.behave(status, "out of order " + KEY);
            assertThat(call(protocol)).asInstanceOf(type(Retry.class)).satisfies(retry -> {
                assertThat(retry.reason()).isEqualTo("http_" + status);
                assertThat(retry.detail()).contains("out of order ***");
                assertThat(retry.atLeast()).isZero();
                assertThat(retry.call().httpStatus()).isEqualTo(status);
            });
        }
        assertThat(server.seen()).hasSize(Protocol.values().length);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "1000000000, 300", "'Sat, 21 Nov 2026 10:00:42 GMT', 42", "nonsense, 1", ", 1"})
    void a_429_is_not_yet_for_as_long_as_the_provider_says(@Nullable String header, long seconds) {
        for (Protocol protocol : Protocol.values()) {
            server.behave(request -> {
                if (header != null) {
                    request.response().putHeader("Retry-After", header);
                }
                request.response().setStatusCode(429).end("slow down");
            });
            assertThat(call(protocol)).asInstanceOf(type(NotYet.class)).satisfies(later -> {
                assertThat(later.after()).isEqualTo(Duration.ofSeconds(seconds));
                assertThat(later.reason()).isEqualTo("rate_limited");
                assertThat(later.call().httpStatus()).isEqualTo(429);
            });
        }
    }

    @Test
    void a_503_may_ask_for_a_longer_wait() {
        server.behave(request -> request.response()
                .putHeader("Retry-After", "30")
                .setStatusCode(503)
                .end());
        assertThat(call(Protocol.ANTHROPIC))
                .asInstanceOf(type(Retry.class))
                .satisfies(retry -> assertThat(retry.atLeast()).isEqualTo(Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void a_redirect_is_refused_so_that_the_key_stays_here(int status) throws Exception {
        try (FakeProvider elsewhere = new FakeProvider()) {
            server.behave(request -> request.response()
                    .putHeader("Location", elsewhere.url("/v1/messages").toString())
                    .setStatusCode(status)
                    .end());
            assertThat(call(Protocol.ANTHROPIC))
                    .asInstanceOf(type(Failed.class))
                    .satisfies(failed -> {
                        assertThat(failed.reason()).isEqualTo("http_" + status);
                        assertThat(failed.detail()).contains("redirects are not followed");
                    });
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, false", "OPENAI, true", "ANTHROPIC, true", "GEMINI, true"})
    void the_total_timeout_covers_the_body_too(Protocol protocol, boolean headersFirst) {
        server.hang(headersFirst);
        Outcome outcome = calls.call(provider(protocol, null, Duration.ofMillis(300)), 1, 1, "x");
        assertThat(outcome).asInstanceOf(type(Retry.class)).satisfies(retry -> {
            assertThat(retry.reason()).isEqualTo("timeout");
            assertThat(retry.call().httpStatus()).isEqualTo(headersFirst ? 200 : null);
        });
        await().until(() -> server.closedConnections() == 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interrupting_the_caller_closes_the_connection(boolean headersFirst) throws Exception {
        server.hang(headersFirst);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            outcome.set(call(Protocol.OPENAI));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
        await().until(() -> !server.seen().isEmpty());
        assertThat(server.closedConnections()).isZero();

        caller.interrupt();

        await().atMost(Duration.ofSeconds(2)).until(() -> server.closedConnections() == 1);
        assertThat(caller.join(Duration.ofSeconds(2))).isTrue();
        assertThat(outcome.get()).isInstanceOf(Outcome.Aborted.class);
    }

    @Test
    void a_server_that_is_not_there_is_retried() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        Provider gone = new Provider(
                "p", Protocol.OPENAI, URI.create("http://127.0.0.1:" + free + "/v1"), "m", null, 1, LONG, LONG);
        assertThat(calls.call(gone, 1, 1, "x")).asInstanceOf(type(Retry.class)).satisfies(retry -> {
            assertThat(retry.reason()).isEqualTo("connect");
            assertThat(retry.call().httpStatus()).isNull();
            assertThat(retry.call().startedAt()).isEqualTo(NOW);
        });
    }

    @Test
    void a_host_without_an_address_is_retried() {
        // a label of 64 characters is no name, so no name server is asked
        URI url = URI.create("http://" + "a".repeat(64) + ".invalid/v1beta");
        Provider nowhere = new Provider("p", Protocol.GEMINI, url, "m", null, 1, LONG, LONG);
        assertThat(calls.call(nowhere, 1, 1, "x"))
                .asInstanceOf(type(Retry.class))
                .satisfies(retry -> assertThat(retry.reason()).isEqualTo("connect"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_connection_that_breaks_is_retried(boolean headersFirst) {
        server.behave(request -> {
            if (headersFirst) {
                request.response().putHeader("content-length", "1000").write("{");
            }
            request.connection().close();
        });
        assertThat(call(Protocol.GEMINI)).asInstanceOf(type(Retry.class)).satisfies(retry -> assertThat(retry.reason())
                .isEqualTo("connection_lost"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_over_the_cap_fails_and_is_not_read_on(boolean lengthGiven) {
        server.behave(request -> {
            String big = FakeProvider.body(request.uri(), "x".repeat(70_000));
            if (lengthGiven) {
                request.response().end(big);
            } else {
                request.response().setChunked(true).write(big); // and never ends
            }
        });
        assertThat(call(Protocol.OPENAI)).asInstanceOf(type(Failed.class)).satisfies(failed -> {
            assertThat(failed.reason()).isEqualTo("answer_too_large");
            assertThat(failed.detail()).contains("65536");
        });
        await().until(() -> server.closedConnections() == 1);
    }

    @Test
    void the_status_decides_even_when_the_errors_body_is_over_the_cap() {
        server.behave(500, "x".repeat(100_000));
        assertThat(call(Protocol.OPENAI)).asInstanceOf(type(Retry.class)).satisfies(retry -> assertThat(retry.reason())
                .isEqualTo("http_500"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "{", "[]", "null", "{}", "{\"choices\":[]}", "{\"content\":7,\"candidates\":7}"})
    void rubbish_is_unreadable(String body) {
        for (Protocol protocol : Protocol.values()) {
            server.behave(200, body);
            assertThat(call(protocol)).asInstanceOf(type(Retry.class)).satisfies(retry -> {
                assertThat(retry.reason()).isIn("unreadable_answer", "empty_answer");
                assertThat(retry.call().httpStatus()).isEqualTo(200);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_blank_answer_is_no_answer(Protocol protocol) {
        server.behave(request -> FakeProvider.answer(request, " \\n"));
        assertThat(call(protocol)).asInstanceOf(type(Retry.class)).satisfies(retry -> {
            assertThat(retry.reason()).isEqualTo("empty_answer");
            assertThat(retry.call()).isEqualTo(new Call(NOW, 200, "m-1", 7, 3, "stop"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_is_always_storable(Protocol protocol) {
        server.behave(request -> FakeProvider.answer(request, "a\\u0000b\\ud83d"));
        assertThat(call(protocol))
                .asInstanceOf(type(Succeeded.class))
                .satisfies(succeeded -> assertThat(succeeded.output()).isEqualTo("a\uFFFDb\uFFFD"));
    }

    @Test
    void a_refused_prompt_fails() {
        server.behave(200, """
                {"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":7},"modelVersion":"m-1"}""");
        assertThat(call(Protocol.GEMINI))
                .asInstanceOf(type(Failed.class))
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo("content_filter"));
        server.behave(200, """
                {"model":"m-1","choices":[{"index":0,"finish_reason":"stop",
                "message":{"role":"assistant","content":null,"refusal":"I won't."}}]}""");
        assertThat(call(Protocol.OPENAI)).asInstanceOf(type(Failed.class)).satisfies(failed -> {
            assertThat(failed.reason()).isEqualTo("content_filter");
            assertThat(failed.detail()).contains("I won't.");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABSENT", "BLANK", "BROKEN"})
    void without_its_key_a_provider_is_not_called(String variable) {
        assertThat(calls.call(provider(Protocol.OPENAI, variable, LONG), 1, 1, "x"))
                .asInstanceOf(type(Failed.class))
                .satisfies(failed -> {
                    assertThat(failed.reason()).isEqualTo("no_key");
                    assertThat(failed.detail()).contains(variable).doesNotContain("a\nb");
                    assertThat(failed.call()).isEqualTo(Call.NONE);
                });
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void an_edit_takes_effect_at_the_next_call() {
        call(Protocol.OPENAI);
        call(Protocol.ANTHROPIC);
        assertThat(server.seen())
                .extracting(FakeProvider.Seen::path)
                .containsExactly("/p/v1/chat/completions", "/p/v1/messages");
    }

    @Test
    void a_blank_prompt_fails_without_a_call() {
        assertThat(calls.call(provider(Protocol.OPENAI, null, LONG), 1, 1, " "))
                .asInstanceOf(type(Failed.class))
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo("empty_prompt"));
    }
}
