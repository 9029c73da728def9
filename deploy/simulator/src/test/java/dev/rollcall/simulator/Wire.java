package dev.rollcall.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/// What a test needs to know of each protocol: how to ask, and where the answer has what they all have.
enum Wire {
    OPEN_AI("/p/v1/chat/completions", "authorization"),
    ANTHROPIC("/p/v1/messages", "x-api-key"),
    GEMINI("/p/v1beta/models/m-1:generateContent", "x-goog-api-key");

    private final String path;
    private final String keyHeader;

    Wire(String path, String keyHeader) {
        this.path = path;
        this.keyHeader = keyHeader;
    }

    /// An answer's common parts; an absent one is null or 0.
    record Reply(String text, String finish, int tokensIn, int tokensOut, String model) {}

    record Refusal(String message, String type) {}

    HttpRequest.Builder ask(Rig rig, String prompt) {
        return askWithoutKey(rig, prompt).header(keyHeader, "Bearer key");
    }

    HttpRequest.Builder askWithoutKey(Rig rig, String prompt) {
        return rig.to(path).POST(BodyPublishers.ofString(body(prompt).encode()));
    }

    HttpRequest.Builder askWith(Rig rig, String body) {
        return rig.to(path).header(keyHeader, "Bearer key").POST(BodyPublishers.ofString(body));
    }

    Reply reply(String body) {
        return switch (this) {
            case OPEN_AI ->
                reply(
                        body,
                        "/choices/0/message/content",
                        "/choices/0/finish_reason",
                        "/usage/prompt_tokens",
                        "/usage/completion_tokens",
                        "/model");
            case ANTHROPIC ->
                reply(body, "/content/0/text", "/stop_reason", "/usage/input_tokens", "/usage/output_tokens", "/model");
            case GEMINI ->
                reply(
                        body,
                        "/candidates/0/content/parts/0/text",
                        "/candidates/0/finishReason",
                        "/usageMetadata/promptTokenCount",
                        "/usageMetadata/candidatesTokenCount",
                        "/modelVersion");
        };
    }

    Refusal error(String body) {
        return new Refusal((String) at(body, "/error/message"), (String)
                at(body, this == GEMINI ? "/error/status" : "/error/type"));
    }

    private JsonObject body(String prompt) {
        var text = new JsonObject().put("text", prompt);
        var message = new JsonObject().put("role", "user");
        return switch (this) {
            case OPEN_AI ->
                new JsonObject().put("model", "m-1").put("messages", JsonArray.of(message.put("content", prompt)));
            case ANTHROPIC ->
                new JsonObject()
                        .put("model", "m-1")
                        .put("max_tokens", 100)
                        .put("messages", JsonArray.of(message.put("content", JsonArray.of(text.put("type", "text")))));
            case GEMINI -> new JsonObject().put("contents", JsonArray.of(message.put("parts", JsonArray.of(text))));
        };
    }

    private static Reply reply(
            String body, String text, String finish, String tokensIn, String tokensOut, String model) {
        return new Reply(
                (String) at(body, text),
                (String) at(body, finish),
                (int) at(body, tokensIn),
                (int) at(body, tokensOut),
                (String) at(body, model));
    }

    private static Object at(String body, String pointer) {
        var value = JsonPointer.from(pointer).queryJson(new JsonObject(body));
        if (value == null) {
            throw new AssertionError("nothing at " + pointer + " of " + body);
        }
        return value;
    }
}
