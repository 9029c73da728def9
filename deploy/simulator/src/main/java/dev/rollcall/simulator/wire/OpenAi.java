package dev.rollcall.simulator.wire;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// `POST /v1/chat/completions`, as OpenAI, vLLM, Ollama and most gateways speak it.
public final class OpenAi implements Protocol {

    @Override
    public boolean hasKey(HttpServerRequest request) {
        var authorization = request.getHeader("authorization");
        return authorization != null
                && authorization.startsWith("Bearer ")
                && !authorization.substring(7).isBlank();
    }

    @Override
    public Question read(Address address, JsonObject body) {
        Texts.refuseStreaming(body);
        var prompt = new Texts().addEach(body.getValue("messages"), "messages", "content");
        return new Question(Texts.required(body, "model"), prompt.toString());
    }

    @Override
    public JsonObject answer(Question question, String text) {
        var prompt = question.tokens();
        var completion = Question.tokens(text);
        return new JsonObject()
                .put("id", "chatcmpl-" + Ids.next())
                .put("object", "chat.completion")
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", question.model())
                .put(
                        "choices",
                        JsonArray.of(new JsonObject()
                                .put("index", 0)
                                .put(
                                        "message",
                                        new JsonObject()
                                                .put("role", "assistant")
                                                .put("content", text)
                                                .putNull("refusal"))
                                .putNull("logprobs")
                                .put("finish_reason", "stop")))
                .put(
                        "usage",
                        new JsonObject()
                                .put("prompt_tokens", prompt)
                                .put("completion_tokens", completion)
                                .put("total_tokens", prompt + completion))
                .put("system_fingerprint", "fp_rollcall");
    }

    @Override
    public JsonObject error(int status, String message) {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("message", message)
                                .put("type", type(status))
                                .putNull("param")
                                .put("code", code(status)));
    }

    private static String type(int status) {
        return switch (status) {
            case 402 -> "insufficient_quota";
            case 429 -> "requests";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 402 -> "insufficient_quota";
            case 403 -> "unsupported_country_region_territory";
            case 404 -> "unknown_url";
            case 429 -> "rate_limit_exceeded";
            default -> status >= 500 ? "internal_error" : "invalid_request";
        };
    }
}
