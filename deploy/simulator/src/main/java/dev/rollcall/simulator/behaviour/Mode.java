package dev.rollcall.simulator.behaviour;

import org.jspecify.annotations.Nullable;

/// How a provider behaves until it is told otherwise.
///
/// @param latency how long everything but a hang takes
/// @param rates the shares of calls that get no good answer
/// @param retryAfter the `Retry-After` of a throttled call, word for word; null sends none
/// @param dripMillis how long a dripping answer takes from its first piece to its last
/// @param failAttempts so many first attempts of every task fail with 500
/// @param status if not null, every call gets this error (4xx or 5xx)
/// @param rubbish the kind of garbage; null lets the dice choose a cheap one
/// @param answerBytes the length of an answer's text in bytes; the nonce is never cut, however small this is
public record Mode(
        Latency latency,
        Rates rates,
        @Nullable String retryAfter,
        int dripMillis,
        int failAttempts,
        @Nullable Integer status,
        @Nullable Rubbish rubbish,
        int answerBytes) {

    private static final int LARGEST_ANSWER = 16 << 20;

    /// Answers at once, always, with 500 bytes.
    public static final Mode CALM = new Mode(new Latency.Fixed(0), Rates.NONE, null, 10_000, 0, null, null, 500);

    public Mode {
        requireBetween("dripMillis", dripMillis, 0, (int) Latency.LONGEST);
        requireBetween("failAttempts", failAttempts, 0, Integer.MAX_VALUE);
        requireBetween("answerBytes", answerBytes, 0, LARGEST_ANSWER);
        if (status != null) {
            requireBetween("status", status, 400, 599);
        }
        requireHeader("retryAfter", retryAfter);
    }

    static void requireHeader(String name, @Nullable String value) {
        if (value != null && value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException(name + " is printable ASCII, as it becomes a header");
        }
    }

    static void requireBetween(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is between %d and %d, not %d".formatted(name, min, max, value));
        }
    }
}
