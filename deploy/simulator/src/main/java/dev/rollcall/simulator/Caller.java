package dev.rollcall.simulator;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// Which task's which attempt calls, as two headers say; both may be absent.
///
/// @param wrong what is wrong with the headers, null if nothing is
record Caller(long task, int attempt, @Nullable String wrong) {

    static final String TASK = "x-rollcall-task";
    static final String ATTEMPT = "x-rollcall-attempt";

    static Caller of(HttpServerRequest request) {
        var task = request.getHeader(TASK);
        var attempt = request.getHeader(ATTEMPT);
        try {
            var caller = new Caller(
                    task == null ? 0 : Long.parseLong(task), attempt == null ? 1 : Integer.parseInt(attempt), null);
            return caller.attempt < 1 ? wrong(task, attempt) : caller;
        } catch (NumberFormatException notANumber) {
            return wrong(task, attempt);
        }
    }

    private static Caller wrong(@Nullable String task, @Nullable String attempt) {
        return new Caller(
                0,
                1,
                "%s is a long and %s an int from 1 on, not '%s' and '%s'".formatted(TASK, ATTEMPT, task, attempt));
    }
}
