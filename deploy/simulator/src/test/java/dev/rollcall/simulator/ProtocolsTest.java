package dev.rollcall.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProtocolsTest {

    @ParameterizedTest
    @EnumSource
    void an_answer_has_text_tokens_model_and_finish_reason(Wire wire, @TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "answerBytes=400")) {
            var response = rig.send(wire.ask(rig, "twelve bytes"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            var reply = wire.reply(response.body());
            assertThat(reply.text()).hasSize(400).matches("nonce=[0-9a-f]{32} echo: twelve bytes .*");
            assertThat(reply.tokensIn()).isEqualTo(3);
            assertThat(reply.tokensOut()).isEqualTo(100);
            assertThat(reply.model()).isEqualTo("m-1");
            assertThat(reply.finish()).isIn("stop", "end_turn", "STOP");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_empty_answer_is_a_good_one_without_text(Wire wire, @TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var response = rig.send(wire.ask(rig, "[[sim:empty]]"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(wire.reply(response.body()).text()).isEmpty();
            assertThat(rig.tally("p").getJsonObject("outcomes").getInteger("empty"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            OPEN_AI,   400, invalid_request_error
            OPEN_AI,   401, invalid_request_error
            OPEN_AI,   402, insufficient_quota
            OPEN_AI,   429, requests
            OPEN_AI,   500, server_error
            ANTHROPIC, 400, invalid_request_error
            ANTHROPIC, 401, authentication_error
            ANTHROPIC, 402, billing_error
            ANTHROPIC, 403, permission_error
            ANTHROPIC, 429, rate_limit_error
            ANTHROPIC, 500, api_error
            ANTHROPIC, 529, overloaded_error
            GEMINI,    400, INVALID_ARGUMENT
            GEMINI,    401, UNAUTHENTICATED
            GEMINI,    403, PERMISSION_DENIED
            GEMINI,    429, RESOURCE_EXHAUSTED
            GEMINI,    500, INTERNAL
            GEMINI,    503, UNAVAILABLE
            """)
    void errors_have_the_protocols_own_shape(Wire wire, int status, String type, @TempDir Path folder)
            throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var response = rig.send(wire.ask(rig, "[[sim:status=%d]]".formatted(status)));
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(wire.error(response.body()).type()).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_missing_key_is_a_401(Wire wire, @TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var response = rig.send(wire.askWithoutKey(rig, "hello"));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(wire.error(response.body()).message()).contains("API key");
        }
    }

    @Test
    void gemini_takes_its_key_from_the_address_too(@TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var request = Wire.GEMINI.askWithoutKey(rig, "hello").build();
            var withKey =
                    HttpRequest.newBuilder(request, (name, value) -> true).uri(URI.create(request.uri() + "?key=k"));
            assertThat(rig.send(withKey).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OPEN_AI   | not json
            OPEN_AI   | []
            OPEN_AI   | {"model": "m"}
            OPEN_AI   | {"model": "m", "messages": []}
            OPEN_AI   | {"model": "m", "messages": ["hello"]}
            OPEN_AI   | {"messages": [{"role": "user", "content": "hello"}]}
            OPEN_AI   | {"model": "m", "stream": true, "messages": [{"role": "user", "content": "hello"}]}
            ANTHROPIC | {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
            GEMINI    | {}
            """)
    void a_malformed_question_is_a_400(Wire wire, String body, @TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var response = rig.send(wire.askWith(rig, body));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(wire.error(response.body()).message()).isNotBlank();
            assertThat(rig.tally("p").getJsonObject("outcomes").getInteger("refused"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            OPEN_AI,   /p/v1/models
            ANTHROPIC, /p/v1/messages/batches
            GEMINI,    /p/v1beta/models/m:countTokens
            OPEN_AI,   /p/v1/chat/completions
            OPEN_AI,   /favicon.ico
            """)
    void anything_else_is_a_404(Wire wire, String path, @TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var response = rig.send(rig.to(path).GET());
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(wire.error(response.body()).message()).contains(path);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            seven, 1
            7,     0
            7,     first
            """)
    void headers_that_are_no_numbers_are_a_400(String task, String attempt, @TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var response =
                    rig.send(rig.chat("hello").header("x-rollcall-task", task).header("x-rollcall-attempt", attempt));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("x-rollcall-attempt");
        }
    }
}
