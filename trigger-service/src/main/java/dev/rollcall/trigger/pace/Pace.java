package dev.rollcall.trigger.pace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How fast work became final of late.
///
/// @param perSecond tasks a second; null when too little time has passed to say
public record Pace(@Nullable BigDecimal perSecond) {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration FARTHEST = Duration.ofDays(3650);
    private static final int DECIMALS = 3;

    /// @param doneBefore how many were final at `since`; a repair can lower the count, then the pace is unknown
    public static Pace between(Instant since, long doneBefore, Instant now, long done) {
        Duration passed = Duration.between(since, now);
        if (passed.compareTo(LEAST) < 0 || done < doneBefore) {
            return new Pace(null);
        }
        BigDecimal tasks = BigDecimal.valueOf(done - doneBefore).scaleByPowerOfTen(3);
        return new Pace(tasks.divide(BigDecimal.valueOf(passed.toMillis()), DECIMALS, RoundingMode.HALF_UP));
    }

    /// When what remains is final if the pace stays as it is; null when nothing remains, or nothing moves.
    public @Nullable Instant eta(Instant now, long remaining) {
        if (perSecond == null || perSecond.signum() == 0 || remaining == 0) {
            return null;
        }
        BigDecimal seconds = BigDecimal.valueOf(remaining).divide(perSecond, 0, RoundingMode.CEILING);
        return seconds.compareTo(BigDecimal.valueOf(FARTHEST.toSeconds())) > 0
                ? null
                : now.plusSeconds(seconds.longValueExact());
    }
}
