package dev.rollcall.trigger.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.trigger.csv.Utf8Reader.Malformed;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Reads what is asked from JSON, and finds the rows in it.
final class AskJson {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final String ROWS = "rows";
    private static final List<String> KNOWN =
            List.of("prompt", "providers", "name", "concurrency", "maxRetries", "priority", "webhook");

    private AskJson() {}

    /// @param text a whole JSON object, which is read to its end
    /// @param rows whether it has to have rows; they are passed over
    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (400) that says what is wrong
    static Ask read(Reader text, boolean rows) {
        try (JsonParser json = JSON.createParser(text)) {
            ObjectNode members = members(json, rows);
            members.properties().stream()
                    .filter(member -> !KNOWN.contains(member.getKey()))
                    .findFirst()
                    .ifPresent(member -> {
                        throw Refusal.wrong(
                                "\"%s\" is unknown; known are %s".formatted(member.getKey(), String.join(", ", KNOWN)));
                    });
            return ask(members);
        } catch (JsonProcessingException e) {
            throw noJson(e);
        } catch (Malformed e) {
            throw Refusal.wrong("the JSON: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The rows of what [#read] has found to be right.
    static JsonRows rows(Reader text, int maxColumns) {
        try {
            JsonParser json = JSON.createParser(text);
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals(ROWS)) {
                    return new JsonRows(json, maxColumns);
                }
                json.skipChildren();
            }
            throw new IllegalStateException("no rows in JSON that was read before");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode members(JsonParser json, boolean rows) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw Refusal.wrong(
                    "the JSON must be one object with " + String.join(", ", KNOWN) + (rows ? ", rows" : ""));
        }
        ObjectNode members = JSON.createObjectNode();
        boolean found = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (!name.equals(ROWS)) {
                members.set(name, json.<JsonNode>readValueAsTree());
                continue;
            }
            if (!rows) {
                throw Refusal.wrong("rows come in the part \"rows\", not in the part \"request\"");
            }
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw Refusal.wrong("rows must be an array of objects");
            }
            found = true;
            json.skipChildren();
        }
        if (json.nextToken() != null) {
            throw Refusal.wrong("there is more behind the JSON's object");
        }
        if (rows && !found) {
            throw Refusal.wrong("rows are missing: an array of objects");
        }
        return members;
    }

    private static Ask ask(ObjectNode members) {
        String prompt = text(members, "prompt");
        return new Ask(
                prompt == null ? "" : prompt,
                providers(members),
                text(members, "name"),
                number(members, "concurrency"),
                or(number(members, "maxRetries"), Ask.DEFAULT_RETRIES),
                or(number(members, "priority"), Ask.DEFAULT_PRIORITY),
                text(members, "webhook"));
    }

    private static List<String> providers(ObjectNode members) {
        JsonNode providers = given(members, "providers");
        if (providers == null) {
            return List.of();
        }
        if (!providers.isArray()
                || !StreamSupport.stream(providers.spliterator(), false).allMatch(JsonNode::isTextual)) {
            throw Refusal.wrong("providers must be an array of texts");
        }
        List<String> ids = new ArrayList<>();
        providers.forEach(id -> ids.add(id.textValue()));
        return ids;
    }

    private static @Nullable String text(ObjectNode members, String name) {
        JsonNode value = given(members, name);
        if (value != null && !value.isTextual()) {
            throw Refusal.wrong(name + " must be text");
        }
        return value == null ? null : value.textValue();
    }

    private static @Nullable Integer number(ObjectNode members, String name) {
        JsonNode value = given(members, name);
        if (value != null && !(value.isIntegralNumber() && value.canConvertToInt())) {
            throw Refusal.wrong(name + " must be a whole number");
        }
        return value == null ? null : value.intValue();
    }

    private static @Nullable JsonNode given(ObjectNode members, String name) {
        JsonNode value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private static RuntimeException noJson(JsonProcessingException e) {
        return Refusal.wrong("the JSON cannot be read: %s (line %d, column %d)"
                .formatted(
                        e.getOriginalMessage(),
                        e.getLocation().getLineNr(),
                        e.getLocation().getColumnNr()));
    }
}
