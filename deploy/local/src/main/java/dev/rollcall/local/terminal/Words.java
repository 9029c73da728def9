package dev.rollcall.local.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers and times as people read them, the same in every locale.
public final class Words {

    private Words() {}

    /// Never rounded up: 99.99 is `99.9 %`.
    public static String percent(double percent) {
        return BigDecimal.valueOf(percent).setScale(1, RoundingMode.DOWN).toPlainString() + " %";
    }

    /// `12,345`
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `3 s ago`, `4 min ago`, `2 h ago`, or `-` for never.
    public static String ago(@Nullable Instant then, Instant now) {
        if (then == null) {
            return "-";
        }
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 100) {
            return seconds + " s ago";
        }
        return seconds < 6000 ? seconds / 60 + " min ago" : seconds / 3600 + " h ago";
    }

    /// `8.4 s`
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
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
