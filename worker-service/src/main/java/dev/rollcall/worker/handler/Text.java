package dev.rollcall.worker.handler;

import dev.rollcall.ledger.Storable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes what others sent fit to be kept: storable, without the key, and short where it is for people only.
///
/// @param key what must never be kept, null when there is none
public record Text(@Nullable String key) {
    /// Where there is no key to hide.
    public static final Text PLAIN = new Text(null);

    private static final char REPLACEMENT = '\uFFFD';
    private static final int MAX_DETAIL = 500;
    private static final Pattern WHITE = Pattern.compile("\\s+");

    /// Replaces what PostgreSQL's text refuses, NUL and lone halves of a surrogate pair, by U+FFFD, as Unicode advises
    /// for what cannot be represented. The answer is paid for, and the next one may well have the same: refusing it
    /// would pay again for a character nobody reads.
    public static String storable(String text) {
        int bad = Storable.firstUnstorable(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text);
        for (; bad >= 0; bad = Storable.firstUnstorable(text, bad + 1)) {
            clean.setCharAt(bad, REPLACEMENT);
        }
        return clean.toString();
    }

    /// A detail for people: one line, at most 500 characters, and without the key, should the provider have repeated
    /// it.
    public String detail(String text) {
        String safe = key == null ? text : text.replace(key, "***");
        String line = WHITE.matcher(safe).replaceAll(" ").strip();
        // cut before the surrogates are looked at: the cut may split a pair
        return storable(line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL - 1) + "…");
    }
}
