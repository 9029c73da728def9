package dev.rollcall.worker.handler;

import dev.rollcall.ledger.Ledger;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;

/// What becomes of work whose handler could not read the ledger before it called anybody.
public final class LedgerAway {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private LedgerAway() {}

    /// The work waits, at no cost.
    ///
    /// @param what such as `the providers`
    /// @throws JdbiException the failure, when it does not pass or the run was aborted: who is aborted waits for
    // nothing
    public static Outcome.NotYet orThrow(JdbiException failure, String what) {
        if (!Ledger.isPassing(failure) || Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        return new Outcome.NotYet(AGAIN, "ledger_away", what + " cannot be read", Call.NONE);
    }
}
