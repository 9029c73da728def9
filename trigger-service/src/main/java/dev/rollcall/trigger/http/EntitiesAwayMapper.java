package dev.rollcall.trigger.http;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.hibernate.JDBCException;
import org.jspecify.annotations.Nullable;

/// As [LedgerAwayMapper], for what is read as entities.
@Provider
public class EntitiesAwayMapper extends ExceptionMapperBase<JDBCException> {
    @Override
    protected HttpProblem toProblem(JDBCException failure) {
        return isAway(failure.getSQLState()) ? LedgerAway.problem() : HttpProblem.valueOf(Status.INTERNAL_SERVER_ERROR);
    }

    /// Without a state there was no connection to learn one from.
    private static boolean isAway(@Nullable String state) {
        return state == null || state.startsWith("08") || state.startsWith("57");
    }
}
