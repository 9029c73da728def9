package dev.rollcall.simulator.wire;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// `POST /v1beta/models/{model}:generateContent`. The real one answers a missing key with 403; here it is 401, as
/// with the others.
public final class Gemini implements Protocol {

    @Override
    public boolean hasKey(HttpServerRequest request) {
        var header = request.getHeader("x-goog-api-key");
        var key = header != null ? header : request.getParam("key");
        return key != null && !key.isBlank();
    }

    @Override
    public Question read(Address address, JsonObject body) {
        var instruction = body.getValue("systemInstruction") instanceof JsonObject object ? object : new JsonObject();
        var prompt =
                new Texts().add(instruction.getValue("parts")).addEach(body.getValue("contents"), "contents", "parts");
        return new Question(address.model(), prompt.toString());
    }

    @Override
    public JsonObject answer(Question question, String text) {
        var prompt = question.tokens();
        var candidates = Question.tokens(text);
        return new JsonObject()
                .put(
                        "candidates",
                        JsonArray.of(new JsonObject()
                                .put(
                                        "content",
                                        new JsonObject()
                                                .put("parts", JsonArray.of(new JsonObject().put("text", text)))
                                                .put("role", "model"))
                                .put("finishReason", "STOP")
                                .put("index", 0)))
                .put(
                        "usageMetadata",
                        new JsonObject()
                                .put("promptTokenCount", prompt)
                                .put("candidatesTokenCount", candidates)
                                .put("totalTokenCount", prompt + candidates))
                .put("modelVersion", question.model())
                .put("responseId", Ids.next());
    }

    @Override
    public JsonObject error(int status, String message) {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("code", status)
                                .put("message", message)
                                .put("status", name(status)));
    }

    private static String name(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        };
    }
}
