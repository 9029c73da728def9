package dev.rollcall.trigger.intake;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much is taken in, and at one time.
@ConfigMapping(prefix = "rollcall.batch")
interface IntakeConfig {
    /// Rows of one batch; at most 16,777,216, what a task's id can number.
    @WithDefault("1000000")
    int maxRows();

    /// Bytes of a request, when its rows are CSV.
    @WithDefault("2G")
    MemorySize maxBody();

    /// Bytes of a request in JSON.
    @WithDefault("32M")
    MemorySize maxJson();

    /// Bytes of a row's cells, and of a prompt.
    @WithDefault("1M")
    MemorySize maxRow();

    @WithDefault("200")
    int maxColumns();

    /// Batches of an organization that are not final.
    @WithDefault("1000")
    int maxOpen();

    /// Requests whose rows are written at one time, each on a connection of its own, at most half of them one
    /// organization's; the others wait without one.
    @WithDefault("4")
    int intakes();

    /// How long the rows of a request may take to arrive: a slow sender holds one of those places.
    @WithDefault("15m")
    Duration within();
}
