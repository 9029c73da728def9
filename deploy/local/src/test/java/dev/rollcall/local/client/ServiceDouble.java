package dev.rollcall.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A service that gives prepared answers by method and path; the last one of a path is given for ever.
public final class ServiceDouble implements AutoCloseable {

    private record Prepared(int status, String body) {}

    /// A request as it came.
    public record Sent(String request, Headers headers, String body) {

        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    private final HttpServer server;
    private final Map<String, Deque<Prepared>> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();

    public ServiceDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String content = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            synchronized (asked) {
                sent.add(new Sent(request, exchange.getRequestHeaders(), content));
                asked.add(request + " " + exchange.getRequestHeaders().getFirst("x-cron-secret"));
            }
            var queue = answers.getOrDefault(request, new ArrayDeque<>());
            var answer = queue.size() > 1 ? queue.poll() : queue.peek();
            byte[] body = answer == null ? new byte[0] : answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public ServiceDouble answer(String request, int status, String body) {
        answers.computeIfAbsent(request, key -> new ArrayDeque<>()).add(new Prepared(status, body));
        return this;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// What was asked, with the secret that was sent.
    public List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    public List<Sent> sent() {
        synchronized (asked) {
            return List.copyOf(sent);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
