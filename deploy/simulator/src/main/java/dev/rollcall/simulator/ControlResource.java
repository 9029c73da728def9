package dev.rollcall.simulator;

import dev.rollcall.simulator.behaviour.Mode;
import dev.rollcall.simulator.behaviour.ModeJson;
import dev.rollcall.simulator.behaviour.Modes;
import dev.rollcall.simulator.witness.Witness;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.jspecify.annotations.Nullable;

/// The simulator's own interface under `/control`: reads and changes modes, reads counters and the call log. Errors
/// are problem details (RFC 9457).
final class ControlResource {

    private static final int LARGEST_MODE = 64 << 10;

    private final Vertx vertx;
    private final long seed;
    private final Modes modes;
    private final Witness witness;

    ControlResource(Vertx vertx, long seed, Modes modes, Witness witness) {
        this.vertx = vertx;
        this.seed = seed;
        this.modes = modes;
        this.witness = witness;
    }

    static boolean owns(@Nullable String path) {
        return path != null && path.startsWith("/control") && (path.length() == 8 || path.charAt(8) == '/');
    }

    Router router() {
        var router = Router.router(vertx);
        router.get("/control").handler(this::show);
        router.delete("/control").handler(this::reset);
        router.get("/control/calls").handler(this::streamCalls);
        var body = BodyHandler.create(false).setBodyLimit(LARGEST_MODE);
        router.put("/control").handler(body).handler(context -> change(context, null));
        router.put("/control/:provider")
                .handler(body)
                .handler(context -> change(context, context.pathParam("provider")));
        router.errorHandler(404, context -> problem(context, 404, "Not Found", "there is no such control"));
        router.errorHandler(405, context -> problem(context, 405, "Method Not Allowed", "this control can't do that"));
        router.errorHandler(413, context -> problem(context, 413, "Content Too Large", "a mode has less than 64 KiB"));
        router.errorHandler(
                500, context -> problem(context, 500, "Internal Server Error", String.valueOf(context.failure())));
        return router;
    }

    private void show(RoutingContext context) {
        var byProvider = new JsonObject();
        modes.byProvider().forEach((provider, mode) -> byProvider.put(provider, ModeJson.write(mode)));
        context.json(new JsonObject()
                .put("seed", seed)
                .put("mode", ModeJson.write(modes.global()))
                .put("modeByProvider", byProvider)
                .put("providers", witness.counters().toJson()));
    }

    private void change(RoutingContext context, @Nullable String provider) {
        Mode mode;
        try {
            mode = ModeJson.object(String.valueOf(context.body().asString()));
        } catch (IllegalArgumentException nonsense) {
            problem(context, 400, "Not a mode", String.valueOf(nonsense.getMessage()));
            return;
        }
        if (provider == null) {
            modes.set(mode);
        } else {
            modes.set(provider, mode);
        }
        context.json(ModeJson.write(mode));
    }

    private void reset(RoutingContext context) {
        modes.reset();
        witness.counters().reset();
        context.response().setStatusCode(204).end();
    }

    private void streamCalls(RoutingContext context) {
        var log = witness.log();
        var response = context.response().putHeader("content-type", "application/x-ndjson");
        vertx.executeBlocking(log::flush)
                .compose(length -> length == 0
                        ? response.end()
                        : response.sendFile(log.path().toAbsolutePath().toString(), 0, length))
                .onFailure(context::fail);
    }

    private static void problem(RoutingContext context, int status, String title, String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .toBuffer());
    }
}
