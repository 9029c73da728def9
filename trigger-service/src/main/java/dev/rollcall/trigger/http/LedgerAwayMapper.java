package dev.rollcall.trigger.http;

import dev.rollcall.ledger.Ledger;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.jdbi.v3.core.JdbiException;

/// A statement that may succeed later is 503, any other that fails is a defect, 500.
@Provider
public class LedgerAwayMapper extends ExceptionMapperBase<JdbiException> {
    @Override
    protected HttpProblem toProblem(JdbiException failure) {
        return Ledger.isPassing(failure) ? LedgerAway.problem() : HttpProblem.valueOf(Status.INTERNAL_SERVER_ERROR);
    }
}
