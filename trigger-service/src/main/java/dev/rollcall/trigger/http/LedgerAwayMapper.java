package dev.rollcall.trigger.http;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.ledger.Storable;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.jdbi.v3.core.JdbiException;

/// A statement that may succeed later is 503, one that was given what the ledger can't keep is 400, and any other that
/// fails is a defect, 500.
@Provider
public class LedgerAwayMapper extends ExceptionMapperBase<JdbiException> {
    @Override
    protected HttpProblem toProblem(JdbiException failure) {
        if (Ledger.isPassing(failure)) {
            return LedgerAway.problem();
        }
        return Ledger.isUnstorable(failure)
                ? HttpProblem.valueOf(
                        Status.BAD_REQUEST,
                        "a text of the request holds NUL or is no UTF-8, or a time is not " + Storable.YEARS)
                : HttpProblem.valueOf(Status.INTERNAL_SERVER_ERROR);
    }
}
