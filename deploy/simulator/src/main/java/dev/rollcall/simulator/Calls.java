package dev.rollcall.simulator;

import dev.rollcall.simulator.behaviour.Judge;
import dev.rollcall.simulator.behaviour.Modes;
import dev.rollcall.simulator.wire.Address;
import dev.rollcall.simulator.wire.MalformedQuestion;
import dev.rollcall.simulator.wire.Question;
import dev.rollcall.simulator.witness.Outcome;
import dev.rollcall.simulator.witness.Witness;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/// Takes every request that isn't for the control: refuses what the real provider would refuse, has the rest judged
/// and performs the decision.
final class Calls implements Handler<HttpServerRequest> {

    private final Vertx vertx;
    private final long seed;
    private final Modes modes;
    private final Witness witness;

    Calls(Vertx vertx, long seed, Modes modes, Witness witness) {
        this.vertx = vertx;
        this.seed = seed;
        this.modes = modes;
        this.witness = witness;
    }

    @Override
    public void handle(HttpServerRequest request) {
        // null for what is no path, such as OPTIONS *
        var address = Address.of(Objects.requireNonNullElse(request.path(), ""));
        var caller = Caller.of(request);
        var call = Call.begin(vertx, request, caller, address.provider(), witness);
        if (!address.known() || !HttpMethod.POST.equals(request.method())) {
            refuse(call, address, 404, "nothing answers %s %s".formatted(request.method(), request.path()));
        } else if (!address.protocol().hasKey(request)) {
            refuse(call, address, 401, "the request brings no API key");
        } else if (caller.wrong() != null) {
            refuse(call, address, 400, caller.wrong());
        } else {
            // a body that fails to arrive closes the connection, which the call sees for itself
            request.body().onSuccess(body -> ask(call, address, body));
        }
    }

    private void ask(Call call, Address address, Buffer body) {
        Question question;
        try {
            question = address.protocol().read(address, new JsonObject(body));
        } catch (DecodeException notJson) {
            refuse(call, address, 400, "the body is not a JSON object");
            return;
        } catch (MalformedQuestion malformed) {
            refuse(call, address, 400, String.valueOf(malformed.getMessage()));
            return;
        }
        var caller = call.caller();
        var decision = Judge.decide(
                modes.of(call.provider()), seed, call.provider(), caller.task(), caller.attempt(), question.prompt());
        new Performance(call, address.protocol(), question).of(decision);
    }

    private static void refuse(Call call, Address address, int status, String why) {
        call.send(status, address.protocol().error(status, why).toBuffer(), Outcome.REFUSED);
    }
}
