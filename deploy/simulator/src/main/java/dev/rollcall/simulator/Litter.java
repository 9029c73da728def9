package dev.rollcall.simulator;

import dev.rollcall.simulator.behaviour.Rubbish;
import dev.rollcall.simulator.wire.Protocol;
import dev.rollcall.simulator.wire.Question;
import dev.rollcall.simulator.witness.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/// Answers with rubbish of each kind. None of it carries a nonce, so none of it can end as a result unseen; but an
/// answer with a NUL in it is a good one otherwise, is paid for, and must not be lost.
record Litter(Call call, Protocol protocol, Question question) {

    private static final String JSON = "application/json";
    private static final long HUGE = 1L << 30;
    private static final Buffer CHUNK = Buffer.buffer("x".repeat(1 << 16));

    void send(Rubbish rubbish) {
        switch (rubbish) {
            case HTML ->
                end(
                        call.respond(200, "text/html"),
                        Buffer.buffer("<html><body><h1>Welcome to the gateway</h1></body></html>"));
            case CUT_JSON -> {
                var body = protocol.answer(question, "this ends too").toBuffer();
                end(call.respond(200, JSON), body.slice(0, body.length() / 2));
            }
            case WRONG_TYPE ->
                end(call.respond(200, JSON), protocol.wronglyTyped(question).toBuffer());
            case NUL ->
                call.send(
                        200,
                        protocol.answer(question, "nonce=%s a\0b".formatted(call.issueNonce()))
                                .toBuffer(),
                        Outcome.ANSWERED);
            case REDIRECT ->
                end(
                        call.respond(302, "text/plain")
                                .putHeader("location", "http://169.254.169.254/latest/meta-data/"),
                        Buffer.buffer());
            case HUGE -> flood(call.respond(200, JSON).putHeader("content-length", Long.toString(HUGE)), HUGE);
            case GZIP_BOMB -> end(call.respond(200, JSON).putHeader("content-encoding", "gzip"), GzipBomb.BYTES);
        }
    }

    private void end(HttpServerResponse response, Buffer body) {
        call.end(response, body, Outcome.GARBAGE);
    }

    /// Writes as fast as the client reads, so that a gibibyte is never held here.
    private void flood(HttpServerResponse response, long bytes) {
        var left = bytes;
        while (left > CHUNK.length() && !response.writeQueueFull() && !call.isOver()) {
            response.write(CHUNK);
            left -= CHUNK.length();
        }
        if (left <= CHUNK.length()) {
            end(response, CHUNK);
        } else if (!call.isOver()) {
            var rest = left;
            response.drainHandler(drained -> flood(response, rest));
        }
    }
}
