package dev.rollcall.trigger.plan;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the nightly run is opened.
@ConfigMapping(prefix = "rollcall.run")
public interface RunConfig {
    /// When a day's run is due: a Quartz cron expression, read in `rollcall.zone`.
    @WithDefault("0 0 3 * * ?")
    String cron();

    /// How long a run may take; what is pending then fails.
    @WithDefault("12h")
    Duration wallLimit();

    /// Claims of one task that may fail before the task does.
    @WithDefault("5")
    int maxAttempts();
}
