package dev.rollcall.worker.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Gemini's way to refuse a prompt: 200, no candidates, and `promptFeedback.blockReason`. LangChain4j knows no such
/// answer and trips over it.
final class BlockedPrompt {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BlockedPrompt() {}

    static boolean isIn(byte @Nullable [] body) {
        if (body == null) {
            return false;
        }
        try {
            return JSON.readTree(body).at("/promptFeedback/blockReason").isTextual();
        } catch (IOException notJson) {
            return false;
        }
    }
}
