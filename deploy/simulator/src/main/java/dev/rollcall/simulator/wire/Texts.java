package dev.rollcall.simulator.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Gathers a prompt's text from the shapes the protocols have for it: a string, a part with a `text`, or a list of
/// either.
final class Texts {

    private final StringBuilder text = new StringBuilder();

    Texts add(@Nullable Object content) {
        switch (content) {
            case String string -> append(string);
            case JsonObject part when part.getValue("text") instanceof String string -> append(string);
            case JsonArray parts -> parts.forEach(this::add);
            case null, default -> {
                // pictures, tool calls and the like carry no text
            }
        }
        return this;
    }

    /// Adds the member called `name` of every message.
    ///
    /// @throws MalformedQuestion if there is no message, or one that isn't an object
    Texts addEach(@Nullable Object messages, String field, String name) {
        if (!(messages instanceof JsonArray array) || array.isEmpty()) {
            throw new MalformedQuestion(field + ": a list with at least one element is required");
        }
        for (var message : array) {
            if (!(message instanceof JsonObject object)) {
                throw new MalformedQuestion(field + ": every element is an object");
            }
            add(object.getValue(name));
        }
        return this;
    }

    static String required(JsonObject body, String field) {
        if (body.getValue(field) instanceof String string && !string.isBlank()) {
            return string;
        }
        throw new MalformedQuestion(field + ": a text is required");
    }

    static void refuseStreaming(JsonObject body) {
        if (Boolean.TRUE.equals(body.getValue("stream"))) {
            throw new MalformedQuestion("stream: the simulator does not stream");
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void append(String string) {
        text.append(text.isEmpty() ? "" : "\n").append(string);
    }
}
