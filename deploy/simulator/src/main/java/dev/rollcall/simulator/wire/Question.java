package dev.rollcall.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What a call asks, whatever its protocol.
///
/// @param prompt all text of all messages, one after another
public record Question(String model, String prompt) {

    int tokens() {
        return tokens(prompt);
    }

    /// Four bytes a token: near enough to bill by, and easy to check.
    static int tokens(String text) {
        return (text.getBytes(UTF_8).length + 3) / 4;
    }
}
