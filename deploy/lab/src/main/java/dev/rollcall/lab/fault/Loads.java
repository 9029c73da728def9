package dev.rollcall.lab.fault;

import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.load.Tenants;
import java.time.Duration;
import java.time.Instant;

/// Much work.
final class Loads {

    private static final int MILLION = 1_000_000;
    private static final Duration HOURS = Duration.ofHours(2);
    private static final int LARGE = 3_750;
    private static final int SMALL = 50;

    private Loads() {}

    /// L1
    static void million(Scene scene) {
        scene.latency("0");
        scene.concurrency(64);
        scene.note("1,000,000 rows handed in");
        scene.accepted(scene.work().rows("acme", MILLION, null, Tenants.PROVIDERS.getFirst()));
        if (!scene.witness().awaitEnd(HOURS)) {
            throw new LabFailure("a million tasks took more than " + HOURS);
        }
        scene.heal();
    }

    /// L2
    static void crowd(Scene scene) {
        scene.latency("20..60");
        Duration alone = timed(scene, "bravo");
        scene.work().rows("acme", LARGE, null, Tenants.PROVIDERS.toArray(String[]::new));
        Duration beside = timed(scene, "carol");
        scene.note("%d small tasks took %d ms alone and %d ms beside 15,000 of another organization"
                .formatted(SMALL * Tenants.PROVIDERS.size(), alone.toMillis(), beside.toMillis()));
        if (beside.compareTo(alone.multipliedBy(2).plusSeconds(1)) > 0) {
            throw new LabFailure("the small ones took %d ms beside a large one, and %d ms alone"
                    .formatted(beside.toMillis(), alone.toMillis()));
        }
        scene.heal();
    }

    private static Duration timed(Scene scene, String organization) {
        Instant from = Instant.now();
        long batch = Long.parseLong(
                scene.accepted(scene.work().rows(organization, SMALL, null, Tenants.PROVIDERS.toArray(String[]::new))));
        scene.require("a small batch is done", Duration.ofMinutes(2), () -> scene.witness()
                .look(ledger -> ledger.isClosed(batch)));
        return Duration.between(from, Instant.now());
    }
}
