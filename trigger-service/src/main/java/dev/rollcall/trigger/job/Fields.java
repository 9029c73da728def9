package dev.rollcall.trigger.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON object that a caller sent, read field by field. A field that is null is one that is not there.
///
/// @param name what messages call it
record Fields(String name, ObjectNode json) {

    /// @throws BadRequestException (400) for a field that is none of these: more likely misspelt than meant for nobody
    Fields only(String... known) {
        for (var fields = json.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!List.of(known).contains(field)) {
                throw new BadRequestException(
                        "%s has no field \"%s\": known are %s".formatted(name, field, String.join(", ", known)));
            }
        }
        return this;
    }

    @Nullable
    JsonNode any(String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    String text(String field) {
        JsonNode value = any(field);
        if (value != null && !value.isTextual()) {
            throw bad(field, "a string");
        }
        return value == null ? null : value.textValue();
    }

    String neededText(String field) {
        String text = text(field);
        if (text == null || text.isBlank()) {
            throw bad(field, "a string that is not blank");
        }
        return text;
    }

    @Nullable
    Integer integer(String field, int least, int most) {
        JsonNode value = any(field);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw bad(field, "a whole number from %d to %d".formatted(least, most));
        }
        return value.intValue();
    }

    int integer(String field, int least, int most, int otherwise) {
        Integer given = integer(field, least, most);
        return given == null ? otherwise : given;
    }

    @Nullable
    ObjectNode object(String field) {
        JsonNode value = any(field);
        if (value == null) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw bad(field, "an object");
    }

    boolean flag(String field) {
        JsonNode value = any(field);
        if (value != null && !value.isBoolean()) {
            throw bad(field, "true or false");
        }
        return value != null && value.booleanValue();
    }

    BadRequestException bad(String field, String wanted) {
        return new BadRequestException("%s.%s must be %s".formatted(name, field, wanted));
    }
}
