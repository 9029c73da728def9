package dev.rollcall.lab.fault;

import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.Laboratory;
import java.sql.Connection;
import java.sql.SQLException;

/// Holds every transaction that inserts into a table of the ledger, inside the database, until it is opened again: the
/// moment before a commit lasts as long as a test needs.
final class Gate implements AutoCloseable {

    private static final long LOCK = 4711;

    private final Connection connection;
    private final String table;

    private Gate(Connection connection, String table) {
        this.connection = connection;
        this.table = table;
    }

    static Gate shut(Laboratory lab, String table) {
        var gate = new Gate(lab.ledger(), table);
        gate.run("select pg_advisory_lock(%d)".formatted(LOCK));
        gate.run("""
                create or replace function lab.wait_at_gate() returns trigger language plpgsql security definer as $$
                begin
                    perform pg_advisory_xact_lock_shared(%d);
                    return null;
                end $$;
                create trigger lab_gate after insert on rollcall.%s for each row execute function lab.wait_at_gate();
                """.formatted(LOCK, table));
        return gate;
    }

    /// Whether somebody stands before it.
    boolean holds() {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(
                        "select from pg_locks where locktype = 'advisory' and not granted and objid = " + LOCK)) {
            return found.next();
        } catch (SQLException e) {
            throw new LabFailure("the gate can't be looked at: " + e.getMessage(), e);
        }
    }

    private void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LabFailure("the gate on %s does not move: %s".formatted(table, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        run("select pg_advisory_unlock(%d)".formatted(LOCK));
        run("drop trigger lab_gate on rollcall." + table);
        try {
            connection.close();
        } catch (SQLException e) {
            throw new LabFailure("the gate can't be left: " + e.getMessage(), e);
        }
    }
}
