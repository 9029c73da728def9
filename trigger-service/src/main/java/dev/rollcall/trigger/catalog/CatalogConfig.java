package dev.rollcall.trigger.catalog;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What may be imported.
@ConfigMapping(prefix = "rollcall.catalog")
interface CatalogConfig {
    /// The largest file. Kept below `quarkus.http.limits.max-body-size`, which answers without a word.
    @WithDefault("48M")
    MemorySize maxFile();
}
