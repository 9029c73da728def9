package dev.rollcall.trigger.change;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A door to the trigger's statements that cancel and resume a batch.
public final class ChangeStatements {
    private ChangeStatements() {}

    public static void askCancel(Handle tx, long batch) {
        BatchLocks.mark(tx, batch, "cancelled_at = clock_timestamp()");
    }

    public static void cancelPending(Jdbi ledger, long batch) {
        Cancellations.finish(ledger, batch);
    }

    public static void askResume(Handle tx, long batch) {
        BatchLocks.Locked locked = BatchLocks.lock(tx, batch);
        Revivals.remind(tx, locked.day(), BatchLocks.lanesWithPending(tx, batch));
        BatchLocks.mark(tx, batch, "reviving = 'cancelled', paused_at = null");
    }

    public static void resume(Jdbi ledger, long batch) {
        Revivals.finish(ledger, batch);
    }

    /// What the dispatcher does now and then.
    public static void sweep(Handle handle) {
        Cancellations.sweep(handle);
    }
}
