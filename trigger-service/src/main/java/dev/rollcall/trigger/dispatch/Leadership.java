package dev.rollcall.trigger.dispatch;

import org.jdbi.v3.core.Handle;

/// The advisory lock that makes one dispatcher the active one. It ends with the connection that holds it. Whoever leads
/// reads tables that are empty at night and large a minute later, so its plans, which are kept, must not read whole
// tables
/// because they were small once (ADR 18).
final class Leadership {
    private static final String LOCK = "rollcall.dispatch.prompts";

    private Leadership() {}

    static boolean acquire(Handle handle) {
        boolean leads = handle.createQuery("select pg_try_advisory_lock(hashtextextended(:lock, 0))")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
        if (leads) {
            handle.execute("set enable_seqscan = off");
        }
        return leads;
    }

    /// To be called before the connection goes back to its pool.
    static void release(Handle handle) {
        handle.execute("reset enable_seqscan");
        handle.createQuery("select pg_advisory_unlock(hashtextextended(:lock, 0))")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
    }
}
