package dev.rollcall.worker.http;

import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Failed;
import dev.rollcall.worker.handler.Outcome.NotYet;
import dev.rollcall.worker.handler.Outcome.Retry;
import dev.rollcall.worker.handler.Outcome.Succeeded;
import dev.rollcall.worker.handler.RetryAfter;
import dev.rollcall.worker.handler.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What an answer, or none, means.
record HttpJudgement(RetryAfter retryAfter) {
    /// More of an error's body is of no use to anyone.
    private static final int MAX_TOLD = 2048;
    private static final int TOO_MANY_REQUESTS = 429;

    /// @param now for a Retry-After that names a time
    Outcome answered(Answer answer, Instant startedAt, Instant now) {
        int status = answer.status();
        Call call = Call.without(startedAt, status);
        if (status / 100 == 2) {
            return new Succeeded(Text.storable(answer.body()), call);
        }
        String reason = "http_" + status;
        String told = answer.body().substring(0, Math.min(answer.body().length(), MAX_TOLD));
        String detail = Text.PLAIN.detail("HTTP %d %s".formatted(status, told));
        if (status == TOO_MANY_REQUESTS) {
            return new NotYet(retryAfter.read(answer.retryAfter(), now), "rate_limited", detail, call);
        }
        if (status >= 500) {
            Duration asked = answer.retryAfter() == null ? Duration.ZERO : retryAfter.read(answer.retryAfter(), now);
            return new Retry(reason, detail, asked, call);
        }
        return new Failed(reason, detail, call);
    }

    Outcome broken(Broken broken, Instant startedAt) {
        String reason = broken.how().name().toLowerCase(Locale.ROOT);
        String detail = Text.PLAIN.detail(String.valueOf(broken.getMessage()));
        return switch (broken.how()) {
            // nothing was sent
            case ADDRESS_REFUSED -> new Failed(reason, detail, Call.NONE);
            case CONNECT, CONNECTION_LOST, TIMEOUT ->
                new Retry(reason, detail, Duration.ZERO, Call.without(startedAt, null));
        };
    }
}
