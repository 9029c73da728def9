package dev.rollcall.trigger.access;

import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Who did what: append-only, written in the transaction that does it where there is one.
@ApplicationScoped
public class Audit {
    private final Jdbi jdbi;

    Audit(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @param what such as `batch.cancel`, `key.create`, `queue.pause`
    /// @param organization whose; null for all of them
    /// @param target the id of what it was done to
    /// @param result what came of it, in a few words
    public void note(Caller who, String what, @Nullable String organization, @Nullable String target, String result) {
        jdbi.useHandle(handle -> note(handle, who, what, organization, target, result));
    }

    /// As above, in a transaction of the trigger's role.
    public static void note(
            Handle tx, Caller who, String what, @Nullable String organization, @Nullable String target, String result) {
        tx.createUpdate("""
                        insert into audit (who, what, organization, target, result)
                        values (:who, :what, :organization, :target, :result)
                        """)
                .bind("who", who.name())
                .bind("what", what)
                .bind("organization", organization)
                .bind("target", target)
                .bind("result", result)
                .execute();
    }
}
