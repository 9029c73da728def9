package dev.rollcall.ledger;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.util.PSQLException;

/// The way to the ledger for set statements, over the service's own connection pool and role.
public final class Ledger {
    /// SQLSTATE classes that say "not now": connection lost, rolled back by a conflict, out of resources, operator
    // intervention.
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57");

    private Ledger() {}

    @Produces
    @ApplicationScoped
    static Jdbi jdbi(AgroalDataSource dataSource) {
        return over(dataSource);
    }

    /// A [Jdbi] that knows PostgreSQL's arrays and times.
    public static Jdbi over(DataSource dataSource) {
        return Jdbi.create(dataSource)
                .installPlugin(new PostgresPlugin())
                .registerArrayType(Long.class, "bigint")
                .registerArrayType(Integer.class, "integer")
                .registerArrayType(String.class, "text")
                .registerArrayType(Boolean.class, "boolean")
                .registerArrayType(java.time.OffsetDateTime.class, "timestamptz");
    }

    /// Whether a failed statement may succeed when it is simply tried again later: PostgreSQL was away, restarting or
    // full,
    /// or the transaction lost a conflict. Anything else is a defect and retrying would only repeat it.
    public static boolean isPassing(JdbiException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException sql) {
                String state = sql.getSQLState();
                return state == null || PASSING.contains(state.substring(0, Math.min(2, state.length())));
            }
        }
        return failure instanceof org.jdbi.v3.core.ConnectionException;
    }
}
