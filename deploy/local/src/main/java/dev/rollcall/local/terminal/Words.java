package dev.rollcall.local.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers and times as people read them, the same in every locale.
public final class Words {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private Words() {}

    /// Never rounded up: 99.99 is `99.9 %`.
    public static String percent(double percent) {
        return BigDecimal.valueOf(percent).setScale(1, RoundingMode.DOWN).toPlainString() + " %";
    }

    /// `12,345`
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `3 s ago`, `4 min ago`, `2 h ago`, `3 d ago`, or `-` for never.
    public static String ago(@Nullable Instant then, Instant now) {
        if (then == null) {
            return "-";
        }
        return span(Duration.between(then, now)) + " ago";
    }

    /// `8.4 s`
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /// `1.2`, and `1,200` where a tenth says nothing.
    public static String decimal(double number) {
        return number < 100 ? String.format(Locale.ROOT, "%.1f", number) : count(Math.round(number));
    }

    /// A length of time in one unit: `45 s`, `12 min`, `3 h`, `4 d`.
    public static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 100) {
            return seconds + " s";
        }
        if (seconds < 6000) {
            return seconds / 60 + " min";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    /// The day and time in the zone of whoever reads: `2026-11-21 08:00:10`, or `-` for never.
    public static String when(@Nullable Instant instant) {
        return instant == null ? "-" : WHEN.format(instant);
    }

    /// Shortens to a width, with an ellipsis where something is missing.
    public static String fit(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1).stripTrailing() + "…";
    }

    /// `1 task`, `2 tasks`
    public static String counted(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }
}
