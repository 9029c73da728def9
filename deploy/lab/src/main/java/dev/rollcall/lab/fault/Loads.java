package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.load.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Much work.
final class Loads {

    /// Fewer, where nobody has an hour: `-Drollcall.lab.rows=50000`.
    private static final int MANY = Integer.getInteger("rollcall.lab.rows", 1_000_000);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HOURS = Duration.ofHours(2);
    private static final int LARGE = 3_750;
    private static final int ROWS = 250;
    private static final List<String> SMALL = List.of("bravo", "carol");

    private Loads() {}

    /// L1
    static void million(Scene scene) {
        scene.latency("0");
        scene.concurrency(64);
        scene.note("%,d rows handed in".formatted(MANY));
        Instant from = Instant.now();
        long batch =
                Long.parseLong(scene.accepted(scene.work().rows("acme", MANY, null, Tenants.PROVIDERS.getFirst())));
        scene.require("%,d tasks are done".formatted(MANY), HOURS, () -> {
            Await.rest(LOOK);
            return scene.witness().look(ledger -> ledger.isClosed(batch));
        });
        long seconds = Duration.between(from, Instant.now()).toSeconds();
        scene.note("done in %d s, %,d a second".formatted(seconds, MANY / Math.max(1, seconds)));
        scene.heal();
    }

    /// L2. Lanes take turns by organization: two small ones get two thirds of the places beside a large one.
    static void crowd(Scene scene) {
        scene.latency("40..80");
        Duration alone = timed(scene);
        scene.accepted(scene.work().rows("acme", LARGE, null, Tenants.PROVIDERS.toArray(String[]::new)));
        scene.awaitFinal(100);
        Duration beside = timed(scene);
        scene.note("%d small tasks took %d ms alone and %d ms beside 15,000 of another organization"
                .formatted(SMALL.size() * ROWS * Tenants.PROVIDERS.size(), alone.toMillis(), beside.toMillis()));
        if (beside.compareTo(alone.multipliedBy(2)) > 0) {
            throw new LabFailure("the small ones took %d ms beside a large one, and %d ms alone"
                    .formatted(beside.toMillis(), alone.toMillis()));
        }
        scene.heal();
    }

    /// How long the small ones take together.
    private static Duration timed(Scene scene) {
        Instant from = Instant.now();
        List<Long> batches = SMALL.stream()
                .map(name -> scene.work().rows(name, ROWS, null, Tenants.PROVIDERS.toArray(String[]::new)))
                .map(scene::accepted)
                .map(Long::valueOf)
                .toList();
        scene.require("the small batches are done", Duration.ofMinutes(5), () -> batches.stream()
                .allMatch(batch -> scene.witness().look(ledger -> ledger.isClosed(batch))));
        return Duration.between(from, Instant.now());
    }
}
