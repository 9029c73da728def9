package dev.rollcall.worker.lease;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What a deployment may decide about a worker.
@ConfigMapping(prefix = "rollcall.worker")
public interface WorkerConfig {
    /// A name for people: the host's, the pod's. It need not be unique.
    @WithDefault("${hostname:worker}")
    String name();

    @WithDefault("prompts")
    String pool();

    /// How often the lease is renewed and permits are shared out anew: at most a sixth of the lease, as the reconciler
    /// gives whoever is silent half of it, and a beat may take a third.
    @WithDefault("2s")
    Duration heartbeat();

    /// How long silence lasts until the reconciler may declare this incarnation dead.
    @WithDefault("15s")
    Duration lease();

    /// How long a stopping worker lets its calls finish before it hands them back.
    @WithDefault("30s")
    Duration drain();
}
