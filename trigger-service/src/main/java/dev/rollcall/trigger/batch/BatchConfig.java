package dev.rollcall.trigger.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How batches may be read.
@ConfigMapping(prefix = "rollcall.batch")
public interface BatchConfig {
    /// Exports at one time. Each holds two connections of the API's pool for as long as its client takes, so keep twice
    /// as many well below `quarkus.datasource.api.jdbc.max-size`.
    @WithDefault("4")
    int exports();

    /// How long an export waits for its turn before its client is told to come again.
    @WithDefault("5s")
    Duration exportsWait();

    /// How often a watcher hears something, if nothing changes.
    @WithDefault("15s")
    Duration heartbeat();
}
