package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.lab.witness.Evidence.Limit;
import dev.rollcall.lab.witness.LedgerView;
import dev.rollcall.lab.witness.Task;
import dev.rollcall.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Providers that are ill, stingy or slow, while the others are well.
final class Providers {

    /// The worker's breaker asks again after 5 s; a little less, for calls that were on their way.
    private static final Duration WINDOW = Duration.ofSeconds(4);

    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int SOME = 3;
    private static final Map<String, Integer> REFUSALS = Map.of("openai", 401, "mistral", 402, "anthropic", 403);

    private Providers() {}

    /// V1
    static void errors(Scene scene) {
        scene.latency("100..200");
        scene.mode("openai", "{\"status\":500}");
        Instant from = Instant.now();
        scene.work().mixture(30, 5);
        int seconds = scene.thorough() ? 60 : 25;
        scene.note("openai answers 500 for %d s".formatted(seconds));
        Await.rest(Duration.ofSeconds(seconds));
        Instant until = Instant.now();
        // every worker has seen enough to open its breaker in the first half
        Instant open = from.plus(Duration.between(from, until).dividedBy(2));
        int workers = scene.lab().names(Service.WORKER).size();
        scene.limit(new Limit("openai", open, until, WINDOW, workers, "its breakers were open"));
        scene.latency("100..200");
        scene.heal();
    }

    /// V2
    static void throttling(Scene scene) {
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(6).atOffset(ZoneOffset.UTC));
        scene.latency("100..200");
        scene.mode("openai", throttled("\"5\""));
        scene.mode("mistral", throttled("null"));
        scene.mode("anthropic", throttled("\"1000000000\""));
        scene.mode("gemini", throttled("\"%s\"".formatted(soon)));
        scene.work().mixture(15, 5);
        scene.note("429 with 5, none, 10^9, a date");
        Await.rest(Duration.ofSeconds(4));
        scene.note("429 with garbage");
        long before = scene.ended("openai", "throttled");
        scene.mode("openai", throttled("\"when I like\""));
        scene.require("a worker was told garbage", BOUND, () -> scene.ended("openai", "throttled") > before);
        scene.latency("100..200");
        scene.heal();
    }

    private static String throttled(String retryAfter) {
        return "{\"latency\":\"100..200\",\"throttleRate\":0.6,\"retryAfter\":%s}".formatted(retryAfter);
    }

    /// V3
    static void hanging(Scene scene) {
        scene.latency("100..200");
        scene.mode("openai", "{\"latency\":\"100\",\"hangRate\":0.3}");
        scene.mode("mistral", "{\"latency\":\"100\",\"dripRate\":0.3,\"dripMillis\":15000}");
        scene.mode("anthropic", "{\"latency\":\"100\",\"cutRate\":0.4}");
        scene.work().mixture(10, 5);
        scene.note("openai hangs, mistral drips, anthropic closes half-way");
        Await.rest(Duration.ofSeconds(scene.thorough() ? 30 : 12));
        Tenants.PROVIDERS.forEach(provider -> scene.mode(provider, "{\"latency\":\"100\"}"));
        scene.heal();
    }

    /// V4
    static void rubbish(Scene scene) {
        scene.latency("100..200");
        var kinds = List.of("html", "cut-json", "wrong-type", "nul", "redirect", "huge", "gzip-bomb");
        for (String kind : kinds) {
            scene.note("openai answers with " + kind);
            long before = rubbish(scene, kind);
            scene.mode("openai", "{\"garbageRate\":0.5,\"garbage\":\"%s\"}".formatted(kind));
            scene.work().rows("acme", 20, null, "openai", "mistral");
            scene.require("openai has answered with " + kind, BOUND, () -> rubbish(scene, kind) >= before + SOME);
        }
        scene.latency("100..200");
        scene.heal();
    }

    /// Calls that met it, or may have: who gets too much hangs up, and a NUL is in a good answer.
    private static long rubbish(Scene scene, String kind) {
        return kind.equals("nul")
                ? scene.ended("openai", "answered")
                : scene.ended("openai", "garbage") + scene.ended("openai", "gone");
    }

    /// V5
    static void oneDead(Scene scene) {
        scene.latency("200..400");
        scene.mode("openai", "{\"hangRate\":1}");
        scene.work().mixture(20, 5);
        scene.note("openai never answers, and the others' work must end beside it");
        scene.require("the others are done", BOUND, () -> scene.witness().look(LedgerView::tasks).stream()
                .filter(task -> !task.provider().equals("openai"))
                .allMatch(Task::isFinal));
        scene.latency("200..400");
        scene.heal();
    }

    /// V6
    static void tooLate(Scene scene) {
        scene.latency("100..200");
        scene.mode("openai", "{\"latency\":\"9500..11000\"}");
        scene.work().rows("acme", 10, null, "openai", "mistral");
        scene.note("openai answers about when its callers give up, after 10 s");
        long before = scene.ended("openai", "gone");
        scene.require("an answer came too late", BOUND, () -> scene.ended("openai", "gone") > before);
        scene.latency("100..200");
        scene.heal();
    }

    /// V7
    static void refusals(Scene scene) {
        scene.latency("100..200");
        REFUSALS.forEach((provider, status) -> scene.mode(provider, "{\"status\":%d}".formatted(status)));
        scene.work().mixture(10, 5);
        scene.awaitAllOver(BOUND);
        scene.note("refused with 401, 402, 403");
        for (Task task : scene.witness().look(LedgerView::tasks)) {
            Integer status = REFUSALS.get(task.provider());
            if (!Objects.equals(task.reason(), status == null ? null : "http_" + status) || task.attempt() > 1) {
                throw new LabFailure("%s on %s has %d attempts and ended with the reason %s"
                        .formatted(task.id(), task.provider(), task.attempt(), task.reason()));
            }
        }
        scene.latency("100..200");
        scene.heal();
    }
}
