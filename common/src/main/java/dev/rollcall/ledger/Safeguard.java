package dev.rollcall.ledger;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Ends the service when its connections could break what the ledger promises: by commits that a crash of PostgreSQL
/// undoes, or by a role that neither grants nor row-level security hold. Every new connection is looked at, so it does
/// not matter whether PostgreSQL was there when the service started.
@Singleton
public class Safeguard implements AgroalPoolInterceptor {
    private static final Logger LOG = Logger.getLogger(Safeguard.class);

    /// Throws the [SQLException] of a connection that broke before it could be judged as it is, though the interface
    /// declares none: to whoever asked for the connection PostgreSQL is away, which is no defect.
    ///
    /// @throws IllegalStateException that says what is wrong and what to do
    @Override
    public void onConnectionCreate(Connection connection) {
        String fault;
        try {
            fault = fault(connection);
        } catch (SQLException e) {
            throw Safeguard.<RuntimeException>undeclared(e);
        }
        if (fault != null) {
            LOG.fatalf("%s; the service stops", fault);
            Quarkus.asyncExit(1);
            throw new IllegalStateException(fault);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> E undeclared(SQLException failure) throws E {
        throw (E) failure;
    }

    /// What is wrong with a connection and what to do; null when nothing is.
    public static @Nullable String fault(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select rolname, rolsuper, rolbypassrls, current_setting('synchronous_commit')
                        from pg_catalog.pg_roles where rolname = session_user
                        """)) {
            row.next();
            if (row.getBoolean(2) || row.getBoolean(3)) {
                return "the role %s is %s: connect as the service's own role, which row-level security holds"
                        .formatted(row.getString(1), row.getBoolean(2) ? "a superuser" : "allowed to bypass it");
            }
            return "off".equals(row.getString(4))
                    ? "synchronous_commit is off for the role %s: what was answered could be forgotten; turn it on"
                            .formatted(row.getString(1))
                    : null;
        }
    }
}
