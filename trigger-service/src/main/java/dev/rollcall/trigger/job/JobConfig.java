package dev.rollcall.trigger.job;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What may be submitted.
@ConfigMapping(prefix = "rollcall.job")
interface JobConfig {
    /// The largest payload, as JSON in UTF-8.
    @WithDefault("256K")
    MemorySize maxPayload();
}
