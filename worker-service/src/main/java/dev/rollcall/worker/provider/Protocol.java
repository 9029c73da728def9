package dev.rollcall.worker.provider;

import java.util.Arrays;
import java.util.Locale;

/// The wire protocol a provider speaks. Each is the vendor's own, and spoken by many others.
public enum Protocol {
    /// `POST {base}/chat/completions`. The base URL is what OpenAI's clients expect, such as
    /// `https://api.openai.com/v1`; vLLM, Ollama and most gateways offer the same.
    OPENAI,
    /// `POST {base}/messages`, with a base URL such as `https://api.anthropic.com/v1`.
    ANTHROPIC,
    /// `POST {base}/models/{model}:generateContent`, with a base URL such as
    /// `https://generativelanguage.googleapis.com/v1beta`.
    GEMINI;

    /// The protocol's name in the ledger and in CSV: lower case.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException for a code that names no protocol
    public static Protocol of(String code) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "protocol '%s' is none of openai, anthropic, gemini".formatted(code)));
    }
}
