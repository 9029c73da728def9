package dev.rollcall.local.system;

import dev.rollcall.local.process.Child;
import dev.rollcall.local.process.LogTail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Waits until a child answers.
final class Readiness {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int TAIL = 20;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /// @throws SystemFailure with the end of its log, if it ends or takes too long
    void await(Child child, URI uri) throws InterruptedException {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!answers(uri)) {
            if (!child.isAlive()) {
                throw failure(child, "ended with status %d while starting".formatted(child.exitStatus()));
            }
            if (System.nanoTime() > end) {
                throw failure(child, "was not ready after %d s".formatted(BOUND.toSeconds()));
            }
            Thread.sleep(STEP);
        }
    }

    private boolean answers(URI uri) throws InterruptedException {
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private static SystemFailure failure(Child child, String what) {
        return new SystemFailure("%s %s. The end of %s:%n  %s"
                .formatted(child.name(), what, child.log(), String.join("\n  ", LogTail.of(child.log(), TAIL))));
    }
}
