package dev.rollcall.reconciler.silence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When silence counts.
@ConfigMapping(prefix = "rollcall.reconcile")
public interface ReconcileConfig {
    /// How often the ledger is looked through.
    @WithDefault("60s")
    Duration every();

    /// How long hinted work may lie still, with permits free for it, until its hints count as lost.
    @WithDefault("60s")
    Duration lostAfter();
}
