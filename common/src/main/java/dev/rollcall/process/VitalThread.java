package dev.rollcall.process;

import io.quarkus.runtime.Quarkus;
import org.jboss.logging.Logger;

/// A thread its service cannot live without. If a defect ends it, the process exits too: a service that looks alive
/// and does nothing is worse than one that is started anew, and the ledger forgets nothing.
public final class VitalThread {
    private static final Logger LOG = Logger.getLogger(VitalThread.class);

    private VitalThread() {}

    /// An unstarted platform thread.
    public static Thread named(String name, Runnable loop) {
        return Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler((thread, defect) -> {
                    LOG.fatalf(defect, "the thread %s ended by a defect: the service stops", thread.getName());
                    Quarkus.asyncExit(1);
                })
                .unstarted(loop);
    }
}
