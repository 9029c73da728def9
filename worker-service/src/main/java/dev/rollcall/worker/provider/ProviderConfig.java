package dev.rollcall.worker.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What is the same for all providers; what differs is in the table `provider`.
@ConfigMapping(prefix = "rollcall.provider")
public interface ProviderConfig {
    /// The longest answer to ask for, in tokens. Only Anthropic's protocol demands one; elsewhere the provider's own
    /// limit stands, because servers disagree on the field's name and count a model's thinking into it.
    @WithDefault("4096")
    int maxOutputTokens();

    /// The longest response to read, in bytes. What is longer fails the task: it would be paid for again and be as
    /// long.
    @WithDefault("4194304")
    int maxAnswerBytes();

    /// How long an edit of the table `provider` may take to be noticed.
    @WithDefault("3s")
    Duration refresh();

    RetryAfterBounds retryAfter();

    BreakerSettings breaker();

    BackoffSettings backoff();

    /// Within which a provider's Retry-After is honoured.
    interface RetryAfterBounds {
        @WithDefault("1s")
        Duration least();

        @WithDefault("5m")
        Duration most();
    }

    /// When a provider counts as ill. Only 5xx, timeouts and broken connections do; a 400 or a 429 never opens a
    /// breaker.
    interface BreakerSettings {
        /// Calls looked at.
        @WithDefault("20")
        int requestVolume();

        /// The part of them that must have failed for the breaker to open.
        @WithDefault("0.5")
        double failureRatio();

        /// How long it stays open until a call may probe.
        @WithDefault("5s")
        Duration delay();

        /// Probes that must succeed for it to close.
        @WithDefault("1")
        int successThreshold();
    }

    /// How long a failed task waits, see [Backoff].
    interface BackoffSettings {
        @WithDefault("1s")
        Duration base();

        @WithDefault("5m")
        Duration cap();
    }
}
