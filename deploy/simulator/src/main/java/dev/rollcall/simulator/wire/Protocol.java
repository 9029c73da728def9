package dev.rollcall.simulator.wire;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/// One provider's way of asking, answering and refusing.
public sealed interface Protocol permits OpenAi, Anthropic, Gemini {

    /// Whether the request brings a key; any key will do.
    boolean hasKey(HttpServerRequest request);

    /// What a body asks.
    ///
    /// @param address says the model where the body doesn't
    /// @throws MalformedQuestion if the body isn't what the real provider would accept
    Question read(Address address, JsonObject body);

    JsonObject answer(Question question, String text);

    JsonObject error(int status, String message);

    /// How a client finds the answer's text in [#answer(Question, String)], but with a number for it: right names,
    /// wrong type.
    default JsonObject wronglyTyped(Question question) {
        return new JsonObject(answer(question, "42").encode().replace("\"42\"", "{\"value\":[42]}"));
    }
}
