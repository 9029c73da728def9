package dev.rollcall.trigger;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/// The scheduler's caller, who knows the secret.
public final class Caller {
    public static final String SECRET = "a secret for tests";

    private Caller() {}

    public static RequestSpecification knowing(String secret) {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("x-cron-secret", secret);
    }

    public static Response get(String path, Object... parameters) {
        return knowing(SECRET).get(path, parameters);
    }

    /// Sends a file.
    public static ValidatableResponse put(String kind, String csv) {
        return put(kind, csv.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public static ValidatableResponse put(String kind, byte[] csv) {
        return knowing(SECRET)
                .contentType("text/csv")
                .body(csv)
                .put("/api/" + kind)
                .then();
    }

    public static Response open(String query) {
        return knowing(SECRET).urlEncodingEnabled(false).post("/api/runs" + query);
    }
}
