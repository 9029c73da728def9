package dev.rollcall.trigger.dispatch;

import org.jdbi.v3.core.Handle;

/// Closes what is complete, when a test wants it.
public final class Closing {
    private Closing() {}

    public static void close(Handle handle) {
        Lanes.close(handle);
    }
}
