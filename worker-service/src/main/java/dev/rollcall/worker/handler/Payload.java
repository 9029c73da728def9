package dev.rollcall.worker.handler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/// A job's payload: a JSON object. Whoever accepted the job has looked at it already; what is found missing here fails
/// the task and nothing else.
public record Payload(JsonNode json) {
    /// Numbers keep their digits: a body is passed on as it came. By default buffers belong to a thread. Each run has a
    /// thread of its own, which would make 8 KiB for a payload and hold them until its call is answered.
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// @throws Bad when there is none, or it is not an object
    public static Payload of(Work work) throws Bad {
        String body = work.body();
        if (body == null) {
            throw new Bad("there is no payload");
        }
        try {
            JsonNode json = JSON.readTree(body);
            if (!json.isObject()) {
                throw new Bad("the payload is not a JSON object");
            }
            return new Payload(json);
        } catch (JsonProcessingException e) {
            throw new Bad("the payload is not JSON: " + e.getOriginalMessage());
        }
    }

    /// @throws Bad when the field is absent or no text
    public String text(String field) throws Bad {
        String text = optionalText(field);
        if (text == null) {
            throw new Bad("the payload has no text \"%s\"".formatted(field));
        }
        return text;
    }

    /// @throws Bad when the field is there and no text
    public @Nullable String optionalText(String field) throws Bad {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new Bad("\"%s\" is not a text".formatted(field));
        }
        return value.textValue();
    }

    /// A payload that is not what its handler needs. No other attempt would find it better.
    public static final class Bad extends Exception {
        private static final long serialVersionUID = 1;

        public Bad(String why) {
            super(why);
        }

        public Outcome outcome() {
            return new Outcome.Failed("bad_payload", Text.PLAIN.detail(String.valueOf(getMessage())), Call.NONE);
        }
    }
}
