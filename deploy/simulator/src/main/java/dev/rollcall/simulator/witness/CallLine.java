package dev.rollcall.simulator.witness;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/// One call that is over.
///
/// @param task 0 if the request named none
/// @param attempt 1 if the request named none
/// @param provider as the path named it; empty if the path names none
/// @param received when the request's head arrived
/// @param done just before the last byte was handed to the operating system, or when the client was seen to be gone
/// @param status the status that was sent; null if none was
/// @param nonce the nonce that was issued, in whole or in part; null if none was
/// @param clientGone whether the client closed before all was written
public record CallLine(
        long task,
        int attempt,
        String provider,
        Instant received,
        Instant done,
        Outcome outcome,
        @Nullable Integer status,
        @Nullable String nonce,
        boolean clientGone) {

    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    String toJson() {
        return new JsonObject()
                .put("task", task)
                .put("attempt", attempt)
                .put("provider", provider)
                .put("received", MICROS.format(received))
                .put("done", MICROS.format(done))
                .put("outcome", outcome.toString())
                .put("status", status)
                .put("nonce", nonce)
                .put("clientGone", clientGone)
                .encode();
    }
}
