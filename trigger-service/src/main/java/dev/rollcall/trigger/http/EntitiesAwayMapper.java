package dev.rollcall.trigger.http;

import dev.rollcall.ledger.Ledger;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.hibernate.JDBCException;

/// As [LedgerAwayMapper], for what is read as entities.
@Provider
public class EntitiesAwayMapper extends ExceptionMapperBase<PersistenceException> {
    @Override
    protected HttpProblem toProblem(PersistenceException failure) {
        return isAway(failure) ? LedgerAway.problem() : HttpProblem.valueOf(Status.INTERNAL_SERVER_ERROR);
    }

    /// A lost conflict comes wrapped once more.
    private static boolean isAway(PersistenceException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JDBCException statement) {
                String state = statement.getSQLState();
                // without a state there was no connection to learn one from
                return state == null || Ledger.isPassing(state);
            }
        }
        return false;
    }
}
