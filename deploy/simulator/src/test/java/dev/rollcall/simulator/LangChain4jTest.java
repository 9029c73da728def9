package dev.rollcall.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The clients the services use are the judges of whether the simulator speaks as their providers do.
class LangChain4jTest {

    private static final Map<String, String> HEADERS = Map.of("x-rollcall-task", "42", "x-rollcall-attempt", "3");

    enum Client {
        OPEN_AI,
        ANTHROPIC,
        GEMINI;

        ChatModel model(URI simulator) {
            return switch (this) {
                case OPEN_AI ->
                    OpenAiChatModel.builder()
                            .baseUrl(simulator + "/p/v1")
                            .apiKey("key")
                            .modelName("m-1")
                            .customHeaders(HEADERS)
                            .maxRetries(0)
                            .build();
                case ANTHROPIC ->
                    AnthropicChatModel.builder()
                            .baseUrl(simulator + "/p/v1")
                            .apiKey("key")
                            .modelName("m-1")
                            .customHeaders(HEADERS)
                            .maxRetries(0)
                            .build();
                case GEMINI ->
                    GoogleAiGeminiChatModel.builder()
                            .baseUrl(simulator + "/p/v1beta")
                            .apiKey("key")
                            .modelName("m-1")
                            .customHeaders(HEADERS)
                            .maxRetries(0)
                            .build();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_real_client_gets_answer_tokens_and_finish_reason(Client client, @TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var response = client.model(rig.server().uri())
                    .chat(SystemMessage.from("be brief"), UserMessage.from("twelve bytes"));
            assertThat(response.aiMessage().text()).hasSize(500).contains("nonce=", "be brief\ntwelve bytes");
            assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(6);
            assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(125);
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(response.modelName()).isEqualTo("m-1");

            var line = await().until(rig::calls, calls -> calls.size() == 1).getFirst();
            assertThat(line.getLong("task")).isEqualTo(42);
            assertThat(line.getInteger("attempt")).isEqualTo(3);
            assertThat(line.getString("nonce"))
                    .isEqualTo(Rig.nonceIn(response.aiMessage().text()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_real_client_knows_each_error(Client client, @TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var model = client.model(rig.server().uri());
            assertThatThrownBy(() -> model.chat("[[sim:status=400]]")).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> model.chat("[[sim:status=401]]")).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> model.chat("[[sim:status=429]]")).isInstanceOf(RateLimitException.class);
            assertThatThrownBy(() -> model.chat("[[sim:fail]]")).isInstanceOf(InternalServerException.class);
        }
    }
}
