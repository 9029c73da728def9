package dev.rollcall.e2e.interleaving;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.BatchRow;
import dev.rollcall.testing.LedgerFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;

/// A ledger in one transaction that is never committed: whatever the services' statements did can be undone, and
/// another order tried. It holds one batch with one hinted task, and two workers.
final class Ground implements AutoCloseable {
    static final long FIRST_WORKER = 101;
    static final long SECOND_WORKER = 102;
    static final String QUEUE = "q";

    final Jdbi ledger;
    final LedgerFixture fixture;
    final long batch;
    final long task;
    private final Connection connection;

    Ground() throws SQLException {
        connection = Backends.ownerConnection();
        connection.setAutoCommit(false);
        Connection kept = neverClosed(connection);
        ledger = Ledger.over(sourceOf(kept));
        ledger.getConfig(Handles.class).setForceEndTransactions(false);
        fixture = new LedgerFixture(sourceOf(kept));
        fixture.clean();
        fixture.organization("acme");
        BatchRow row = fixture.rows("acme", QUEUE).row("A").hinted(QUEUE, 1);
        batch = row.id();
        task = row.task(QUEUE, 0);
        ledger.useHandle(handle -> handle.execute("""
                insert into worker (id, name, pool, lease_until) overriding system value
                select id, 'w' || id, 'p', clock_timestamp() from unnest(array[?, ?]) as w (id)
                """, FIRST_WORKER, SECOND_WORKER));
    }

    Savepoint mark() throws SQLException {
        return connection.setSavepoint();
    }

    void backTo(Savepoint mark) throws SQLException {
        connection.rollback(mark);
    }

    /// Does something with the rights of a service.
    void as(String role, Runnable step) {
        ledger.useHandle(handle -> handle.execute("set local role " + role));
        step.run();
        ledger.useHandle(handle -> handle.execute("set local role none"));
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    private static Connection neverClosed(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static DataSource sourceOf(Connection connection) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, _) -> {
                    if (method.getName().equals("getConnection")) {
                        return connection;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
