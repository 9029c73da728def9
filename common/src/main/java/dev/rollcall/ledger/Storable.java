package dev.rollcall.trigger.http;

import java.time.Instant;

/// What PostgreSQL can keep of what callers send.
public final class Storable {
    /// The first and the last whole year that a `timestamptz` knows.
    public static final String YEARS = "in the years -4712 to 294275";

    private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+294276-01-01T00:00:00Z");

    private Storable() {}

    /// UTF-8 without NUL.
    public static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /// A time in [#YEARS]; Java's own go further.
    public static boolean isTime(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(END);
    }
}
