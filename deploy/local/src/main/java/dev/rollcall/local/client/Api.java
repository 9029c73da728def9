package dev.rollcall.local.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One service's REST interface.
///
/// @param secret sent with every call; blank sends none
public record Api(URI base, String secret) {

    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /// @param answer the status, and the body read as what was asked for
    public record Answer<T>(int status, T body) {}

    public <T> Answer<T> get(String path, Class<T> kind) {
        return send(request(path).GET(), kind);
    }

    public <T> Answer<T> post(String path, Class<T> kind) {
        return send(request(path).POST(BodyPublishers.noBody()), kind);
    }

    public <T> Answer<T> put(String path, String contentType, byte[] body, Class<T> kind) {
        return send(request(path).header("content-type", contentType).PUT(BodyPublishers.ofByteArray(body)), kind);
    }

    /// A value as part of a path or a query.
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("accept", "application/json");
        return secret.isBlank() ? request : request.header("x-cron-secret", secret);
    }

    /// The body as it is.
    public String text(String path) {
        return new String(send(request(path).GET()).body(), StandardCharsets.UTF_8);
    }

    private <T> Answer<T> send(HttpRequest.Builder request, Class<T> kind) {
        var response = send(request);
        try {
            return new Answer<>(response.statusCode(), JSON.readValue(response.body(), kind));
        } catch (IOException e) {
            throw new ApiFailure.Unreachable(response.uri(), "what answers there is no Rollcall: " + reason(e), e);
        }
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder builder) {
        var request = builder.build();
        try {
            var response = HTTP.send(request, BodyHandlers.ofByteArray());
            requireGood(response);
            return response;
        } catch (IOException e) {
            throw new ApiFailure.Unreachable(request.uri(), reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiFailure.Unreachable(request.uri(), "interrupted", e);
        }
    }

    /// An overloaded or ailing service may be better later; a plain no stays a no.
    private static void requireGood(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= SERVER_ERROR || status == TOO_MANY) {
            throw new ApiFailure.Unreachable(response.uri(), problem(response).inWords(status), null);
        }
        if (status / 100 != 2) {
            throw new ApiFailure.Refused(status, problem(response));
        }
    }

    private static Problem problem(HttpResponse<byte[]> response) {
        try {
            var problem = JSON.readValue(response.body(), Problem.class);
            return problem == null ? Problem.UNTOLD : problem;
        } catch (IOException noProblemDetails) {
            return Problem.UNTOLD; // the status says enough
        }
    }

    private static String reason(IOException e) {
        String message = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
        return message == null ? "no connection" : message;
    }
}
