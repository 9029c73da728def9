package dev.rollcall.worker.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Requests of the handlers `http` and `webhook`.
@ConfigMapping(prefix = "rollcall.http")
interface HttpConfig {
    /// Hosts and networks (`10.1.0.0/16`) that may be asked although they are not public, separated by commas. What a
    /// host of this list resolves to is not looked at.
    Optional<List<String>> allow();

    /// Until a connection stands, TLS not included.
    @WithDefault("5s")
    Duration connectTimeout();

    /// Until the last byte of the answer, all included.
    @WithDefault("60s")
    Duration totalTimeout();

    /// The longest output to keep, in bytes. What follows is not read: the request has done its work all the same.
    @WithDefault("1048576")
    int maxOutputBytes();

    /// How long a new signing secret may take to be noticed.
    @WithDefault("3s")
    Duration secretRefresh();

    RetryAfterBounds retryAfter();

    /// Within which a server's Retry-After is honoured.
    interface RetryAfterBounds {
        @WithDefault("1s")
        Duration least();

        @WithDefault("5m")
        Duration most();
    }
}
