package dev.rollcall.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A service of a running system started once more, with the command line and the environment that it has there, on its
/// port, while it is stopped there.
///
/// @param ready answers 200 when the service is ready
public record Rerun(List<String> command, Map<String, String> environment, URI ready) {

    private static final String CACHE = "-XX:AOTCache=";
    private static final Duration BOUND = Duration.ofSeconds(120);

    /// To be taken while it runs.
    public static Rerun of(Subject subject, String name) {
        Path process = Path.of("/proc", Long.toString(subject.pid(name)));
        var environment = new HashMap<String, String>();
        for (String variable : words(process.resolve("environ"))) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return new Rerun(
                words(process.resolve("cmdline")),
                environment,
                subject.system().address(name).resolve("/health/ready"));
    }

    private static List<String> words(Path file) {
        try {
            return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasCache() {
        return command.stream().anyMatch(word -> word.startsWith(CACHE));
    }

    /// Starts it, waits for its first good answer, and stops it again.
    public double secondsToAnswer(boolean withCache) throws InterruptedException {
        var words = new ArrayList<>(command);
        if (!withCache) {
            words.removeIf(word -> word.startsWith(CACHE));
        }
        var builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var http = HttpClient.newHttpClient()) {
            while (!answers(http)) {
                if (!process.isAlive() || System.nanoTime() - begun > BOUND.toNanos()) {
                    throw new IllegalStateException("%s does not start".formatted(ready));
                }
                Thread.sleep(Duration.ofMillis(10));
            }
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private boolean answers(HttpClient http) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }
}
