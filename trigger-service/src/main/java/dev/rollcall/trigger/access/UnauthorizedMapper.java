package dev.rollcall.trigger.access;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;

/// A caller who sends nothing that tells who it is.
@Provider
@Priority(1) // before the one of quarkus-resteasy-problem, which breaks on this Quarkus (ChallengeData.headerName)
public class UnauthorizedMapper extends ExceptionMapperBase<UnauthorizedException> {
    @Override
    protected HttpProblem toProblem(UnauthorizedException nobody) {
        return problem("send a key: Authorization: Bearer rc_<id>_<secret>");
    }

    static HttpProblem problem(String detail) {
        return HttpProblem.builder()
                .withStatus(Status.UNAUTHORIZED)
                .withTitle(Status.UNAUTHORIZED.getReasonPhrase())
                .withDetail(detail)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, KeyMechanism.CHALLENGE)
                .build();
    }
}
