package dev.rollcall.local.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// One service's REST interface.
///
/// @param secret sent with every call as `x-cron-secret`; blank sends none
/// @param key sent with every call as a bearer token; blank sends none
public record Api(URI base, String secret, String key) {

    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    // HTTP/1.1: the offer to change to HTTP/2 does not go well with a body that is streamed
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(30);
    private static final String ANY = "*/*";
    private static final String ACCEPT_JSON = "application/json";

    /// @param answer the status, and the body read as what was asked for
    public record Answer<T>(int status, T body) {}

    /// What reads an answer while it comes.
    public interface Reader {
        void read(InputStream answer) throws IOException;
    }

    public Api(URI base, String secret) {
        this(base, secret, "");
    }

    /// The same service with a bearer key.
    public Api withKey(String other) {
        return new Api(base, secret, other);
    }

    public <T> Answer<T> get(String path, Class<T> kind) {
        return send(request(path, ACCEPT_JSON).GET(), type(kind));
    }

    /// One page of a list.
    public <T> Page<T> page(String path, Class<T> kind) {
        var type = JSON.getTypeFactory().constructParametricType(Page.class, kind);
        return this.<Page<T>>send(request(path, ACCEPT_JSON).GET(), type).body();
    }

    public <T> Answer<T> post(String path, Class<T> kind) {
        return send(request(path, ACCEPT_JSON).POST(BodyPublishers.noBody()), type(kind));
    }

    /// Sends something as JSON.
    ///
    /// @param method `POST`, `PATCH`, ...
    public <T> Answer<T> json(String method, String path, Object body, Class<T> kind) {
        var request = request(path, ACCEPT_JSON).header("content-type", ACCEPT_JSON);
        return send(request.method(method, BodyPublishers.ofString(inJson(body))), type(kind));
    }

    public <T> Answer<T> put(String path, String contentType, byte[] body, Class<T> kind) {
        var request = request(path, ACCEPT_JSON).header("content-type", contentType);
        return send(request.PUT(BodyPublishers.ofByteArray(body)), type(kind));
    }

    public <T> Answer<T> put(String path, Class<T> kind) {
        return send(request(path, ACCEPT_JSON).PUT(BodyPublishers.noBody()), type(kind));
    }

    /// Asks for something whose answer says no more than that it is done.
    public void send(String method, String path) {
        send(request(path, ACCEPT_JSON).method(method, BodyPublishers.noBody()), BodyHandlers.discarding());
    }

    /// Sends a body of any size as it is read.
    public <T> Answer<T> upload(String path, Map<String, String> headers, BodyPublisher body, Class<T> kind) {
        var request = request(path, ACCEPT_JSON).timeout(UPLOAD_TIMEOUT).POST(body);
        headers.forEach(request::header);
        return send(request, type(kind));
    }

    /// Hands over an answer of any size while it comes.
    ///
    /// @throws IOException if the reader can't go on
    public void download(String path, String accept, Reader reader) throws IOException {
        var answer = send(request(path, accept).GET(), BodyHandlers.ofInputStream());
        try (var body = new Incoming(base.resolve(path), answer.body())) {
            reader.read(body);
        }
    }

    /// A value as part of a path or a query.
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The body as it is, in whatever form the service likes best.
    public String text(String path) {
        return new String(
                send(request(path, ANY).GET(), BodyHandlers.ofByteArray()).body(), StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String accept) {
        var request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("accept", accept);
        if (!secret.isBlank()) {
            request.header("x-cron-secret", secret);
        }
        return key.isBlank() ? request : request.header("authorization", "Bearer " + key);
    }

    private static JavaType type(Class<?> kind) {
        return JSON.constructType(kind);
    }

    /// Something in JSON.
    static String inJson(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("can't be said in JSON: " + body, e);
        }
    }

    private static <T> Answer<T> send(HttpRequest.Builder request, JavaType kind) {
        var answer = send(request, BodyHandlers.ofByteArray());
        try {
            return new Answer<>(answer.status(), JSON.readValue(answer.body(), kind));
        } catch (IOException e) {
            throw new ApiFailure.Unreachable(
                    request.build().uri(), "what answers there is no Rollcall: " + ApiFailure.reason(e), e);
        }
    }

    private static <T> Answer<T> send(HttpRequest.Builder builder, BodyHandler<T> good) {
        var request = builder.build();
        try {
            var response = HTTP.send(request, Received.by(good));
            return new Answer<>(response.statusCode(), response.body().orThrow(request.uri()));
        } catch (IOException e) {
            throw new ApiFailure.Unreachable(request.uri(), ApiFailure.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiFailure.Unreachable(request.uri(), "interrupted", e);
        }
    }
}
