package dev.rollcall.ledger;

import java.time.Instant;

/// What PostgreSQL can keep of what others send.
public final class Storable {
    /// The first and the last whole year that a `timestamptz` knows.
    public static final String YEARS = "in the years -4712 to 294275";

    private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+294276-01-01T00:00:00Z");

    private Storable() {}

    /// UTF-8 without NUL.
    public static boolean isText(String text) {
        return firstUnstorable(text, 0) < 0;
    }

    /// Where the text has a NUL or a lone half of a surrogate pair; -1 when nowhere from there on.
    public static int firstUnstorable(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /// A time in [#YEARS]; Java's own go further.
    public static boolean isTime(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(END);
    }
}
