package dev.rollcall.lab.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.lab.load.Work;
import dev.rollcall.lab.witness.LedgerView;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.system.Service;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// People and schedulers that ask many times, at once, and change their minds.
final class Orders {

    private static final int CALLS = 20;
    private static final int CANCELS = 200;
    private static final int AT_ONCE = 50;
    private static final int IN_FLIGHT = 16;
    private static final Duration BOUND = Duration.ofMinutes(1);

    private Orders() {}

    /// T3
    static void triggerStorm(Scene scene) {
        scene.latency("50");
        Work work = scene.work();
        String day =
                LocalDate.of(2020, 1, 1).plusDays(scene.random().nextInt(2000)).toString();
        var calls = new ArrayList<Callable<Object>>();
        try (var guest = Guest.of(Service.TRIGGER, scene.lab().system())) {
            // it has answered once: it must not come too late because everything is new to it
            scene.lab().api(guest.name()).get("/api/runs", JsonNode.class);
            var triggers = Stream.concat(scene.lab().names(Service.TRIGGER).stream(), Stream.of(guest.name()))
                    .toList();
            for (int n = 0; n < CALLS; n++) {
                String trigger = triggers.get(n % triggers.size());
                calls.add(() -> work.open(trigger, "?day=" + day));
            }
            long begun = System.nanoTime();
            atOnce(calls);
            scene.note("%d calls to %d triggers open %s, all answered within %d ms"
                    .formatted(CALLS, triggers.size(), day, (System.nanoTime() - begun) / 1_000_000));
        }
        scene.heal();
    }

    /// S1
    static void cancelStorm(Scene scene) {
        scene.latency("50..800");
        Work work = scene.work();
        var turns = new Semaphore(IN_FLIGHT);
        var calls = new ArrayList<Callable<Object>>();
        for (int n = 0; n < CANCELS; n++) {
            String organization = scene.oneOf(Tenants.NAMES);
            String provider = scene.oneOf(Tenants.PROVIDERS);
            String one = work.trigger(scene.random().nextInt(2));
            String other = work.trigger(scene.random().nextInt(2));
            Duration wait = Duration.ofMillis(scene.random().nextInt(1200));
            String text = "to be cancelled " + n;
            calls.add(() -> {
                turns.acquire();
                try {
                    var id = work.job(one, organization, provider, text);
                    Await.rest(wait);
                    id.ifPresent(job -> work.changeJob(other, organization, job, "cancel"));
                } finally {
                    turns.release();
                }
                return wait;
            });
        }
        String batch = scene.accepted(work.rows("acme", 100, null, "openai", "mistral"));
        scene.awaitFinal(20);
        work.changeBatch("acme", batch, "cancel");
        atOnce(calls);
        scene.note("%d jobs and a batch cancelled".formatted(CANCELS));
        work.changeBatch("acme", batch, "resume");
        scene.heal();
    }

    /// S2
    static void repairTwice(Scene scene) {
        scene.latency("200..600");
        scene.mode("mistral", "{\"status\":403}");
        String run = scene.accepted(scene.work().night());
        scene.awaitFinal(40);
        scene.mode("mistral", "{\"latency\":\"200..600\"}");
        for (int n = 0; n < 3; n++) {
            scene.note("two repairs of %s at once".formatted(run));
            atOnce(List.of(() -> repair(scene, run), () -> repair(scene, run)));
        }
        scene.awaitAllOver(BOUND);
        JsonNode last = repair(scene, run)
                .orElseThrow(() -> new LabFailure("the postcheck does not answer, although nothing stands against it"));
        judgeRepairs(scene, last.path("repair").path("attempts"));
        scene.heal();
    }

    /// What the repairs say they made due is what became pending again in the ledger's history, once each.
    private static void judgeRepairs(Scene scene, JsonNode attempts) {
        long told = 0;
        for (JsonNode attempt : attempts) {
            told += attempt.path("madeDue").asLong();
        }
        long seen = scene.witness().look(LedgerView::revived);
        scene.note("%d repairs made %d tasks due".formatted(attempts.size(), told));
        if (told != seen || seen == 0) {
            throw new LabFailure("repairs say that they made %d tasks due, but %d went from failed to pending"
                    .formatted(told, seen));
        }
    }

    /// Asks the postcheck, which waits until what it makes due is over.
    static Optional<JsonNode> repair(Scene scene, String run) {
        return scene.witness()
                .journal()
                .call(
                        "run.repair",
                        run,
                        () -> scene.lab()
                                .api("postcheck")
                                .post("/api/postcheck?repair=true&run=" + Api.encode(run), JsonNode.class)
                                .body(),
                        body -> body.path("repair").path("madeDue").asText());
    }

    /// S3
    static void sameKey(Scene scene) {
        scene.latency("50..100");
        Work work = scene.work();
        String key = "lab-" + Long.toHexString(scene.random().nextLong());
        var calls = new ArrayList<Callable<Object>>();
        for (int n = 0; n < AT_ONCE; n++) {
            String trigger = work.trigger(n);
            calls.add(() -> work.rows(trigger, "acme", "", 20, key, "openai"));
        }
        scene.note("%d times the same batch under one key at once".formatted(AT_ONCE));
        atOnce(calls);
        work.otherRows(work.trigger(1), "acme", 20, key);
        scene.accepted(work.rows(work.trigger(0), "acme", "", 20, key, "openai"));
        // the same key of another organization is another key
        scene.accepted(work.rows(work.trigger(0), "bravo", "", 20, key, "openai"));
        scene.heal();
    }

    private static void atOnce(List<? extends Callable<Object>> calls) {
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : each.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new LabFailure("a call could not be made: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("interrupted", e);
        }
    }

    /// S4
    static void anything(Scene scene) {
        scene.latency("100..800");
        scene.mode("mistral", "{\"latency\":\"100..800\",\"throttleRate\":0.5,\"retryAfter\":\"3\"}");
        Work work = scene.work();
        var batches = new ArrayList<String>();
        var jobs = new ArrayList<String>();
        for (int n = 0; n < 150; n++) {
            switch (scene.random().nextInt(9)) {
                case 0 ->
                    work.rows("acme", 1 + scene.random().nextInt(20), null, "openai", "gemini")
                            .ifPresent(batches::add);
                case 1, 2 ->
                    work.job(work.trigger(n), "acme", scene.oneOf(Tenants.PROVIDERS), "job " + n)
                            .ifPresent(jobs::add);
                case 3 -> oneOf(scene, batches).ifPresent(id -> work.changeBatch("acme", id, "cancel"));
                case 4 -> oneOf(scene, batches).ifPresent(id -> work.changeBatch("acme", id, "resume"));
                case 5 -> oneOf(scene, batches).ifPresent(id -> work.changeBatch("acme", id, "pause"));
                case 6 -> oneOf(scene, jobs).ifPresent(id -> work.changeJob(work.trigger(0), "acme", id, "cancel"));
                case 7 -> oneOf(scene, jobs).ifPresent(id -> work.changeJob(work.trigger(1), "acme", id, "retry"));
                default -> work.processJobs(work.trigger(n), "acme", 3);
            }
            Await.rest(Duration.ofMillis(scene.random().nextInt(200)));
        }
        // what was paused would wait for ever, and rightly
        batches.forEach(id -> work.changeBatch("acme", id, "resume"));
        scene.latency("100..800");
        scene.heal();
    }

    private static Optional<String> oneOf(Scene scene, List<String> ids) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(scene.oneOf(ids));
    }
}
