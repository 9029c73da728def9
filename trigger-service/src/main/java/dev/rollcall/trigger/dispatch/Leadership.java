package dev.rollcall.trigger.dispatch;

import org.jdbi.v3.core.Handle;

/// The advisory lock that makes one dispatcher the active one. It ends with the connection that holds it.
final class Leadership {
    private static final String LOCK = "rollcall.dispatch.prompts";

    private Leadership() {}

    static boolean acquire(Handle handle) {
        return handle.createQuery("select pg_try_advisory_lock(hashtextextended(:lock, 0))")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
    }

    static void release(Handle handle) {
        handle.createQuery("select pg_advisory_unlock(hashtextextended(:lock, 0))")
                .bind("lock", LOCK)
                .mapTo(Boolean.class)
                .one();
    }
}
