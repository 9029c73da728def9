package dev.rollcall.simulator;

import dev.rollcall.simulator.witness.CallLine;
import dev.rollcall.simulator.witness.Outcome;
import dev.rollcall.simulator.witness.Witness;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One call in flight. However it ends, it is over exactly once, and then is one line in the log.
///
/// Everything here happens on the event loop of the call's connection, so nothing needs a lock.
final class Call {

    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Caller caller;
    private final String provider;
    private final Witness witness;
    private final Instant received = Instant.now();
    private Outcome whenGone = Outcome.GONE;
    private long timer = NO_TIMER;
    private @Nullable Integer status;
    private @Nullable String nonce;
    private boolean over;

    private Call(Vertx vertx, HttpServerRequest request, Caller caller, String provider, Witness witness) {
        this.vertx = vertx;
        this.request = request;
        this.caller = caller;
        this.provider = provider;
        this.witness = witness;
    }

    static Call begin(Vertx vertx, HttpServerRequest request, Caller caller, String provider, Witness witness) {
        var call = new Call(vertx, request, caller, provider, witness);
        witness.begin(provider);
        request.response().closeHandler(closed -> call.gone());
        // what goes wrong with a connection closes it, and closing is told above
        request.response().exceptionHandler(broken -> {});
        return call;
    }

    Caller caller() {
        return caller;
    }

    String provider() {
        return provider;
    }

    boolean isOver() {
        return over;
    }

    /// A fresh id nobody can guess: who shows it has seen this call's answer.
    String issueNonce() {
        var fresh = UUID.randomUUID().toString().replace("-", "");
        nonce = fresh;
        return fresh;
    }

    /// Goes on after so many milliseconds, unless the client has gone by then.
    void after(long millis, Runnable step) {
        if (millis == 0) {
            step.run();
            return;
        }
        timer = vertx.setTimer(millis, fired -> {
            timer = NO_TIMER;
            step.run();
        });
    }

    /// Leaves the client waiting.
    void hang() {
        whenGone = Outcome.HUNG;
    }

    /// The response with its head told; what is written to it is the caller's business.
    HttpServerResponse respond(int status, String contentType) {
        this.status = status;
        return request.response().setStatusCode(status).putHeader("content-type", contentType);
    }

    /// Writes a whole body and is over.
    void send(int status, Buffer body, Outcome outcome) {
        end(respond(status, "application/json"), body, outcome);
    }

    /// Writes the last piece and is over. Done is the moment before: the client may have it, and call again, before
    /// this thread hears that it was written.
    void end(HttpServerResponse response, Buffer last, Outcome outcome) {
        Instant done = Instant.now();
        response.end(last).onComplete(written -> {
            if (written.succeeded()) {
                over(done, outcome, false);
            } else {
                gone();
            }
        });
    }

    /// Writes a piece that is not the last one, closes the connection and is over.
    void breakOff(HttpServerResponse response, Buffer piece, Outcome outcome) {
        Instant done = Instant.now();
        response.write(piece).onComplete(written -> {
            if (written.succeeded()) {
                over(done, outcome, false);
            } else {
                gone();
            }
            request.connection().close();
        });
    }

    private void gone() {
        if (witness.stopping()) {
            over(Instant.now(), Outcome.STOPPED, false);
        } else {
            over(Instant.now(), whenGone, true);
        }
    }

    private void over(Instant done, Outcome outcome, boolean clientGone) {
        if (over) {
            return;
        }
        over = true;
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
        }
        witness.end(new CallLine(
                caller.task(), caller.attempt(), provider, received, done, outcome, status, nonce, clientGone));
    }
}
