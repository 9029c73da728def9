package dev.rollcall.trigger;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Keeps the service's dispatcher from leading, for tests that do one thing after the other themselves.
public final class QuietDispatcher implements AutoCloseable {
    private static final int TRIES = 20;

    private final Handle handle = Ledger.over(Backends.adminDataSource()).open();

    public QuietDispatcher() {
        handle.execute("set lock_timeout = '3s'");
        for (int attempt = 1; ; attempt++) {
            // its successor waits half a second before it tries, we don't
            handle.execute("select pg_terminate_backend(pid) from pg_locks "
                    + "where locktype = 'advisory' and granted and pid <> pg_backend_pid()");
            try {
                handle.execute("select pg_advisory_lock(hashtextextended('rollcall.dispatch.prompts', 0))");
                return;
            } catch (UnableToExecuteStatementException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
