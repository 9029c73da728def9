package dev.rollcall.postcheck.judgement;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;

/// 404: no run has this number or key.
final class UnknownRun extends HttpProblem {
    private static final long serialVersionUID = 1;

    UnknownRun(String name) {
        super(builder()
                .withTitle("Unknown run")
                .withStatus(Response.Status.NOT_FOUND)
                .withDetail("no run has the number or key '%s'; a key looks like daily:2026-11-21".formatted(name)));
    }
}
