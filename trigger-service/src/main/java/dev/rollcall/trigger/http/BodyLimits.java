package dev.rollcall.trigger.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/// Bounds the body of every request, before it is read. Quarkus has one bound for all, and some endpoints stream what
/// others must keep in memory: so its bound is set out of the way, those that stream count for themselves, and all
/// others have this one.
@ApplicationScoped
class BodyLimits {
    private static final Set<String> STREAMING =
            Set.of("/api/batch", "/api/organizations", "/api/prompts", "/api/providers");

    /// Bytes.
    private static final int SMALL = 64 << 10;

    private final long max;
    /// What is small is read before a thread is asked for: that one would wait for each piece.
    private final BodyHandler whole = BodyHandler.create(false).setBodyLimit(SMALL);

    BodyLimits(@ConfigProperty(name = "rollcall.http.max-body", defaultValue = "8M") MemorySize max) {
        this.max = max.asLongValue();
    }

    void install(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(this::bound);
    }

    private void bound(RoutingContext context) {
        if (STREAMING.contains(context.normalizedPath().replaceFirst("/$", ""))) {
            context.remove(VertxInputStream.MAX_REQUEST_SIZE_KEY);
            context.next();
            return;
        }
        if (length(context) > max) {
            refuse(context);
            return;
        }
        // counted while it is read, for a body that doesn't say how long it is
        context.put(VertxInputStream.MAX_REQUEST_SIZE_KEY, (Long) max);
        if (isSmallJson(context)) {
            whole.handle(context);
        } else {
            context.next();
        }
    }

    private static boolean isSmallJson(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        long length = length(context);
        return type != null
                && type.startsWith("application/json")
                && length > 0
                && length <= SMALL
                && context.request().getHeader(HttpHeaders.EXPECT) == null
                // Quarkus pauses each request when it begins, which one of HTTP/2 whose body is read refuses
                && context.request().version() != HttpVersion.HTTP_2;
    }

    private static long length(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private void refuse(RoutingContext context) {
        Status status = Status.REQUEST_ENTITY_TOO_LARGE;
        context.response()
                .setStatusCode(status.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end("""
                        {"status":%d,"title":"%s","detail":"the body is larger than %d bytes, which is rollcall.http.max-body"}
                        """.formatted(status.getStatusCode(), status.getReasonPhrase(), max));
    }
}
