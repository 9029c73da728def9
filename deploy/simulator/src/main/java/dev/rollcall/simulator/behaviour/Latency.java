package dev.rollcall.simulator.behaviour;

import java.util.regex.Pattern;

/// How long an answer takes, in milliseconds, written `200` (always), `100..300` (any of them alike) or
/// `lognormal:800:0.5` (median and sigma, the usual long tail of a provider).
public sealed interface Latency {

    /// An hour: longer than any client waits, and short enough for every timer.
    long LONGEST = 3_600_000;

    /// Up to nine digits, so that a number always fits and its bound can say what is wrong with it.
    Pattern FORM = Pattern.compile(
            "(?<min>\\d{1,9})(?:\\.\\.(?<max>\\d{1,9}))?|lognormal:(?<median>\\d{1,9}):(?<sigma>\\d{1,9}(?:\\.\\d{1,9})?)");

    long millis(Dice dice);

    record Fixed(long millis) implements Latency {
        public Fixed {
            requireMillis(millis);
        }

        @Override
        public long millis(Dice dice) {
            return millis;
        }

        @Override
        public String toString() {
            return Long.toString(millis);
        }
    }

    record Uniform(long min, long max) implements Latency {
        public Uniform {
            requireMillis(min);
            requireMillis(max);
            if (min > max) {
                throw new IllegalArgumentException("latency %d..%d ends before it begins".formatted(min, max));
            }
        }

        @Override
        public long millis(Dice dice) {
            return dice.between(min, max);
        }

        @Override
        public String toString() {
            return min + ".." + max;
        }
    }

    record LogNormal(long median, double sigma) implements Latency {
        public LogNormal {
            requireMillis(median);
            if (!(sigma >= 0 && sigma <= 5)) {
                throw new IllegalArgumentException("latency's sigma is between 0 and 5, not " + sigma);
            }
        }

        @Override
        public long millis(Dice dice) {
            return Math.min(LONGEST, Math.round(median * Math.exp(sigma * dice.gaussian())));
        }

        @Override
        public String toString() {
            return "lognormal:" + median + ":" + sigma;
        }
    }

    /// Reads what [#toString()] writes.
    ///
    /// @throws IllegalArgumentException if the text is none of the three forms or a number is out of bounds
    static Latency parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "latency is milliseconds such as 200, 100..300 or lognormal:800:0.5, not '%s'".formatted(text));
        }
        if (matcher.group("median") != null) {
            return new LogNormal(Long.parseLong(matcher.group("median")), Double.parseDouble(matcher.group("sigma")));
        }
        var min = Long.parseLong(matcher.group("min"));
        return matcher.group("max") == null ? new Fixed(min) : new Uniform(min, Long.parseLong(matcher.group("max")));
    }

    private static void requireMillis(long millis) {
        if (millis < 0 || millis > LONGEST) {
            throw new IllegalArgumentException("latency is between 0 and %d ms, not %d".formatted(LONGEST, millis));
        }
    }
}
