package dev.rollcall.trigger.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;

/// What a caller is told while the ledger cannot be reached.
final class LedgerAway {
    private static final int COME_AGAIN_SECONDS = 5;

    private LedgerAway() {}

    static HttpProblem problem() {
        return HttpProblem.builder()
                .withStatus(Status.SERVICE_UNAVAILABLE)
                .withTitle(Status.SERVICE_UNAVAILABLE.getReasonPhrase())
                .withDetail("The ledger cannot be reached at the moment, or is too busy; ask again.")
                .withHeader(HttpHeaders.RETRY_AFTER, COME_AGAIN_SECONDS)
                .build();
    }
}
