package dev.rollcall.worker.provider;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A real HTTP server on a free port that speaks all three protocols and does what a test tells it to.
public final class FakeProvider implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger closedConnections = new AtomicInteger();
    private volatile Consumer<HttpServerRequest> behaviour = request -> answer(request, "hello");

    /// One request, as it came.
    public record Seen(String path, Map<String, String> headers, String body) {}

    public FakeProvider() throws Exception {
        server = vertx.createHttpServer()
                .connectionHandler(connection -> connection.closeHandler(closed -> closedConnections.incrementAndGet()))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    request.headers().forEach(headers::put);
                    seen.add(new Seen(request.uri(), headers, body.toString()));
                    behaviour.accept(request);
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS);
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    public List<Seen> seen() {
        return seen;
    }

    public int closedConnections() {
        return closedConnections.get();
    }

    public void behave(Consumer<HttpServerRequest> wanted) {
        behaviour = wanted;
    }

    public void behave(int status, String body) {
        behave(request -> request.response().setStatusCode(status).end(body));
    }

    /// Sends the headers and then nothing, or not even those.
    public void hang(boolean headersFirst) {
        behave(request -> {
            if (headersFirst) {
                request.response().setChunked(true).write("{");
            }
        });
    }

    public static void answer(HttpServerRequest request, String text) {
        request.response().putHeader("content-type", "application/json").end(body(request.uri(), text));
    }

    /// @param text as it stands between the quotes of a JSON string
    public static String body(String path, String text) {
        if (path.endsWith("/chat/completions")) {
            return """
                    {"id":"1","object":"chat.completion","created":1,"model":"m-1","choices":[{"index":0,
                    "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],
                    "usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}""".formatted(text);
        }
        if (path.endsWith("/messages")) {
            return """
                    {"id":"1","type":"message","role":"assistant","model":"m-1","content":[{"type":"text","text":"%s"}],
                    "stop_reason":"end_turn","usage":{"input_tokens":7,"output_tokens":3}}""".formatted(text);
        }
        return """
                {"candidates":[{"content":{"role":"model","parts":[{"text":"%s"}]},"finishReason":"STOP","index":0}],
                "usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":3,"totalTokenCount":10},
                "modelVersion":"m-1"}""".formatted(text);
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }
}
