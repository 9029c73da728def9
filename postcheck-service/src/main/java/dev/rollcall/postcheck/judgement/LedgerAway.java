package dev.rollcall.postcheck.judgement;

import dev.rollcall.ledger.Ledger;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jdbi.v3.core.JdbiException;

/// Tells a caller that the ledger is away, and what it can't keep, from a defect of ours.
final class LedgerAway {
    private static final Logger LOG = Logger.getLogger(LedgerAway.class);

    @ServerExceptionMapper
    Response answer(JdbiException failure) {
        if (Ledger.isUnstorable(failure)) {
            return HttpProblem.valueOf(
                            Response.Status.BAD_REQUEST,
                            "a parameter holds NUL or is no UTF-8, which no run's key does")
                    .toResponse();
        }
        if (!Ledger.isPassing(failure)) {
            LOG.error("a statement failed that should not", failure);
            return HttpProblem.valueOf(
                            Response.Status.INTERNAL_SERVER_ERROR,
                            "a statement of the postcheck failed; its log says which")
                    .toResponse();
        }
        LOG.warnf("the ledger is away: %s", failure.getMessage());
        return HttpProblem.valueOf(
                        Response.Status.SERVICE_UNAVAILABLE,
                        "the ledger (PostgreSQL) is away, so nothing can be judged; ask again in a moment")
                .toResponse();
    }
}
