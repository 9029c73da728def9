package dev.rollcall.trigger.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.ledger.Storable;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// JSON of callers: read strictly, kept as it was meant (1.10 stays 1.10), and written in one form.
final class JobJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectMapper SORTED = JSON.copy().configure(JsonNodeFeature.WRITE_PROPERTIES_SORTED, true);

    private JobJson() {}

    /// @param max bytes
    /// @throws HttpProblem (413) when there are more
    /// @throws BadRequestException (400) for anything but one JSON object, and for text that cannot be stored
    static ObjectNode read(InputStream body, int max) {
        byte[] bytes = bytes(body, max);
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode object) {
                if (!isStorable(object)) {
                    throw new BadRequestException(
                            "a string holds the character NUL, or half of a surrogate pair: neither can be kept");
                }
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new BadRequestException("the body is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new BadRequestException("the body cannot be read: " + e.getMessage(), e);
        }
        throw new BadRequestException("the body must be a JSON object");
    }

    private static byte[] bytes(InputStream body, int max) {
        try {
            byte[] bytes = body.readNBytes(max + 1);
            if (bytes.length > max) {
                throw tooLarge("body", max);
            }
            return bytes;
        } catch (IOException e) {
            throw new BadRequestException("the body cannot be read: " + e.getMessage(), e);
        }
    }

    static HttpProblem tooLarge(String what, long max) {
        return HttpProblem.valueOf(
                Status.REQUEST_ENTITY_TOO_LARGE, "The %s is larger than %d bytes.".formatted(what, max));
    }

    private static boolean isStorable(JsonNode node) {
        if (node.isTextual()) {
            return Storable.isText(node.textValue());
        }
        for (var fields = node.fieldNames(); fields.hasNext(); ) {
            if (!Storable.isText(fields.next())) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!isStorable(child)) {
                return false;
            }
        }
        return true;
    }

    static String write(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree that is not JSON", e);
        }
    }

    /// What the ledger holds.
    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a payload in the ledger is not JSON", e);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// SHA-256 of what is meant, whatever the order of fields and the spaces between them.
    static byte[] hash(ObjectNode meant) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(SORTED.writeValueAsBytes(meant));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree that is not JSON", e);
        }
    }
}
