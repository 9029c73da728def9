package dev.rollcall.trigger.intake;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;

/// What is said of a request that is not taken in.
final class Refusal {
    private static final int UNPROCESSABLE = 422;

    private Refusal() {}

    /// 400: it is wrong.
    static HttpProblem wrong(String detail) {
        return HttpProblem.valueOf(Status.BAD_REQUEST, detail);
    }

    /// 400: one of its rows is wrong.
    ///
    /// @param where such as `line 17`
    static HttpProblem wrongRow(String where, String what) {
        return wrong("%s: %s; nothing of it was taken in".formatted(where, what));
    }

    /// 413: it has too many bytes.
    static HttpProblem large(String detail) {
        return HttpProblem.valueOf(Status.REQUEST_ENTITY_TOO_LARGE, detail);
    }

    /// 422: it has too many of something.
    static HttpProblem many(String detail) {
        return HttpProblem.builder()
                .withStatus(UNPROCESSABLE)
                .withTitle("Unprocessable Content")
                .withDetail(detail)
                .build();
    }

    /// 409: it fits not with what is there.
    static HttpProblem conflict(String detail) {
        return HttpProblem.valueOf(Status.CONFLICT, detail);
    }
}
