package dev.rollcall.trigger.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much one key may ask.
@ConfigMapping(prefix = "rollcall.api")
interface RateConfig {
    /// Requests in a second with one key, over time; at once it may be twice as many. Each replica counts by itself.
    /// 0 sets no limit.
    @WithDefault("50")
    int requestsPerSecond();
}
