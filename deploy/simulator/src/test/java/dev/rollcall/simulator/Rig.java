package dev.rollcall.simulator;

import dev.rollcall.simulator.behaviour.ModeJson;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/// A simulator with a client to it and a log to read.
record Rig(SimulatorServer server, Path log, HttpClient http) implements AutoCloseable {

    private static final Pattern NONCE = Pattern.compile("nonce=([0-9a-f]{16,})");

    static Rig start(Path folder, String mode) throws IOException {
        var log = folder.resolve("calls.jsonl");
        var server = SimulatorServer.start(new Settings("127.0.0.1", 0, 1, log, ModeJson.parse(mode)));
        return new Rig(server, log, HttpClient.newHttpClient());
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path)).timeout(Duration.ofSeconds(20));
    }

    /// A chat completion of the provider `p`.
    HttpRequest.Builder chat(String prompt) {
        var body = new JsonObject()
                .put("model", "gpt-x")
                .put("messages", List.of(new JsonObject().put("role", "user").put("content", prompt)));
        return to("/p/v1/chat/completions")
                .header("authorization", "Bearer key")
                .POST(BodyPublishers.ofString(body.encode()));
    }

    HttpRequest.Builder chat(long task, int attempt, String prompt) {
        return chat(prompt)
                .header("x-rollcall-task", Long.toString(task))
                .header("x-rollcall-attempt", Integer.toString(attempt));
    }

    HttpRequest.Builder put(String path, String body) {
        return to(path).PUT(BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /// The counters and modes.
    JsonObject control() throws IOException, InterruptedException {
        return new JsonObject(send(to("/control")).body());
    }

    JsonObject tally(String provider) throws IOException, InterruptedException {
        return control().getJsonObject("providers").getJsonObject(provider, new JsonObject());
    }

    /// The log's lines as the control streams them.
    List<JsonObject> calls() throws IOException, InterruptedException {
        return send(to("/control/calls")).body().lines().map(JsonObject::new).toList();
    }

    /// The log's lines as the file holds them.
    List<JsonObject> lines() throws IOException {
        return Files.readAllLines(log).stream().map(JsonObject::new).toList();
    }

    static String nonceIn(String body) {
        var matcher = NONCE.matcher(body);
        return matcher.find() ? matcher.group(1) : "none";
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
