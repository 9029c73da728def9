package dev.rollcall.worker.provider;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/// The settings with their real defaults, and what a test wants otherwise.
final class Settings {
    private Settings() {}

    static ProviderConfig with(Map<String, String> otherwise) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ProviderConfig.class)
                .withDefaultValues(otherwise)
                .build()
                .getConfigMapping(ProviderConfig.class);
    }
}
