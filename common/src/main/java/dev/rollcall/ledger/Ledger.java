package dev.rollcall.ledger;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// The way to the ledger for set statements, over the service's own connection pool and role.
public final class Ledger {
    /// SQLSTATE classes that say "not now": connection lost, conflict, out of resources, operator intervention.
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57");
    /// States of other classes that say so, too: a server that only reads, as after a failover or with a full disk, and
    /// the end of a session whose transaction was idle or open for too long, as of a process that was frozen.
    private static final Set<String> PASSING_STATES = Set.of("25006", "25P03", "25P04");

    Ledger() {}

    @Produces
    @Singleton
    static Jdbi jdbi(AgroalDataSource dataSource) {
        return over(dataSource);
    }

    /// A [Jdbi] that knows PostgreSQL's arrays and times.
    public static Jdbi over(DataSource dataSource) {
        return Jdbi.create(dataSource)
                .installPlugin(new PostgresPlugin())
                .registerArrayType(TypedArray.of(Long.class, "bigint"))
                .registerArrayType(TypedArray.of(Integer.class, "integer"))
                .registerArrayType(TypedArray.of(Double.class, "float8"))
                .registerArrayType(TypedArray.of(String.class, "text"))
                .registerArrayType(TypedArray.of(Boolean.class, "boolean"))
                .registerArrayType(OffsetDateTime.class, "timestamptz");
    }

    /// Whether a transaction lost against another one, by a unique key, a serialization failure or a deadlock: the
    /// next try sees what the other one did.
    public static boolean isConflict(JdbiException failure) {
        String state = sqlState(failure);
        return "23505".equals(state) || "40001".equals(state) || "40P01".equals(state);
    }

    /// Whether a failed statement may succeed when it is simply tried again later: PostgreSQL was away, restarting or
    /// full, or the transaction lost a conflict. Anything else is a defect and retrying would only repeat it.
    public static boolean isPassing(JdbiException failure) {
        String state = sqlState(failure);
        return state == null ? failure instanceof ConnectionException : isPassing(state);
    }

    /// As [#isPassing(JdbiException)], for who reads without Jdbi.
    ///
    /// @param state the SQLSTATE
    public static boolean isPassing(String state) {
        return PASSING_STATES.contains(state) || PASSING.contains(state.substring(0, Math.min(2, state.length())));
    }

    /// Whether a row of the statement is at fault: its data do not fit (22), break a constraint (23) or a limit (54).
    /// Then the other rows would be taken without it.
    public static boolean isRowsFault(JdbiException failure) {
        String state = sqlState(failure);
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }

    /// Whether a statement failed because a lane would hold more tasks than their ids can number.
    public static boolean isLaneFull(JdbiException failure) {
        return failure.getCause() instanceof PSQLException cause
                && cause.getServerErrorMessage() != null
                && "lane_size_fits".equals(cause.getServerErrorMessage().getConstraint());
    }

    /// Whether a statement was given what PostgreSQL can't keep: text with NUL or that is no UTF-8 (22021), or a time
    /// beyond its years (22008).
    public static boolean isUnstorable(JdbiException failure) {
        String state = sqlState(failure);
        return "22021".equals(state) || "22008".equals(state);
    }

    private static @Nullable String sqlState(JdbiException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
