package dev.rollcall.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The text of a good answer: the nonce first, then an echo of the prompt, then filler up to the size asked for.
public final class AnswerText {

    private static final int ECHOED = 60;
    private static final String FILLER = " and so on, as a provider would go on".repeat(100);

    private AnswerText() {}

    /// A text of the size asked for.
    ///
    /// @param bytes the length in UTF-8; shorter than the nonce it is exceeded, as the nonce is never cut
    public static String of(String nonce, String prompt, int bytes) {
        var text = new StringBuilder(bytes + 64).append("nonce=").append(nonce);
        var echo = " echo: " + beginning(prompt);
        var length = text.length() + echo.getBytes(UTF_8).length;
        if (length <= bytes) {
            text.append(echo);
        } else {
            length = text.length();
        }
        for (var missing = bytes - length; missing > 0; missing -= FILLER.length()) {
            text.append(FILLER, 0, Math.min(missing, FILLER.length()));
        }
        return text.toString();
    }

    private static String beginning(String prompt) {
        if (prompt.length() <= ECHOED) {
            return prompt;
        }
        // half of a surrogate pair is no character
        return prompt.substring(0, Character.isHighSurrogate(prompt.charAt(ECHOED - 1)) ? ECHOED - 1 : ECHOED);
    }
}
