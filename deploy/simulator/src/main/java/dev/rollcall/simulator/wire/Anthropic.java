package dev.rollcall.simulator.wire;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// `POST /v1/messages`. The header `anthropic-version` may be left out here, for the comfort of those who try by
/// hand.
public final class Anthropic implements Protocol {

    @Override
    public boolean hasKey(HttpServerRequest request) {
        var key = request.getHeader("x-api-key");
        return key != null && !key.isBlank();
    }

    @Override
    public Question read(Address address, JsonObject body) {
        Texts.refuseStreaming(body);
        if (!(body.getValue("max_tokens") instanceof Number)) {
            throw new MalformedQuestion("max_tokens: a number is required");
        }
        var prompt = new Texts().add(body.getValue("system")).addEach(body.getValue("messages"), "messages", "content");
        return new Question(Texts.required(body, "model"), prompt.toString());
    }

    @Override
    public JsonObject answer(Question question, String text) {
        return new JsonObject()
                .put("id", "msg_" + Ids.next())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", question.model())
                .put(
                        "content",
                        JsonArray.of(new JsonObject().put("type", "text").put("text", text)))
                .put("stop_reason", "end_turn")
                .putNull("stop_sequence")
                .put(
                        "usage",
                        new JsonObject()
                                .put("input_tokens", question.tokens())
                                .put("output_tokens", Question.tokens(text))
                                .put("cache_creation_input_tokens", 0)
                                .put("cache_read_input_tokens", 0));
    }

    @Override
    public JsonObject error(int status, String message) {
        return new JsonObject()
                .put("type", "error")
                .put("error", new JsonObject().put("type", type(status)).put("message", message))
                .put("request_id", "req_" + Ids.next());
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }
}
