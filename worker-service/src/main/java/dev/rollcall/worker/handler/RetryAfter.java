package dev.rollcall.worker.handler;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the header Retry-After ([RFC 9110, 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)) and keeps
/// it within bounds: a provider may neither make us hammer it nor park a task for a year.
///
/// @param least for what is absent, unreadable, past or shorter
/// @param most for what is longer
public record RetryAfter(Duration least, Duration most) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    // more digits are beyond any bound that makes sense, and would not fit
    private static final int MAX_DIGITS = 9;

    public RetryAfter {
        if (!least.isPositive() || most.compareTo(least) < 0) {
            throw new IllegalArgumentException("a Retry-After between %s and %s".formatted(least, most));
        }
    }

    /// @param header the header's value, null when there is none
    public Duration read(@Nullable String header, Instant now) {
        if (header == null) {
            return least;
        }
        Duration asked = asked(header.strip(), now);
        return asked.compareTo(least) < 0 ? least : asked.compareTo(most) > 0 ? most : asked;
    }

    private Duration asked(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return text.length() > MAX_DIGITS ? most : Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException unreadable) {
            return least;
        }
    }
}
