package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.lab.witness.Evidence.Limit;
import dev.rollcall.local.client.QueueApi;
import dev.rollcall.local.client.QueueApi.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Much work.
final class Loads {

    /// Fewer, where nobody has an hour: `-Drollcall.lab.rows=50000`.
    private static final int MANY = Integer.getInteger("rollcall.lab.rows", 1_000_000);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int PLACES = 512;
    private static final Duration HOURS = Duration.ofHours(2);
    private static final Share THOROUGH = new Share(49, 1_250, 3_750);
    private static final Share BRIEF = new Share(9, 250, 750);

    private static final int LETTERS = 26;

    private static final int PACED = 240;
    private static final int PER_TICK = 20;
    private static final Duration TICK = Duration.ofSeconds(2);

    /// What lies between a claim and its call differs by less than this.
    private static final Duration UNDERWAY = Duration.ofMillis(500);

    /// Rows, each on all providers: four tasks.
    ///
    /// @param organizations small ones
    /// @param small rows of all of them together
    /// @param large rows of the large one
    private record Share(int organizations, int small, int large) {

        /// As equal as whole rows can be.
        int rows(int organization) {
            return small / organizations + (organization < small % organizations ? 1 : 0);
        }
    }

    private Loads() {}

    /// L1
    static void million(Scene scene) {
        scene.latency("0");
        scene.concurrency(PLACES);
        scene.note("%,d rows handed in".formatted(MANY));
        Instant from = Instant.now();
        String batch = scene.accepted(scene.work().rows("acme", MANY, null, Tenants.PROVIDERS.getFirst()));
        scene.require("%,d tasks are done".formatted(MANY), HOURS, () -> {
            Await.rest(LOOK);
            return scene.isClosed(batch);
        });
        long seconds = Duration.between(from, Instant.now()).toSeconds();
        scene.note("done in %d s, %,d a second".formatted(seconds, MANY / Math.max(1, seconds)));
        scene.heal();
    }

    /// L2. Lanes take turns by organization: the small ones get nearly all places beside a large one.
    static void crowd(Scene scene) {
        scene.latency("40..80");
        Share share = scene.thorough() ? THOROUGH : BRIEF;
        List<String> small = IntStream.range(0, share.organizations())
                .mapToObj(n -> "small%c%c".formatted('a' + n / LETTERS, 'a' + n % LETTERS))
                .toList();
        scene.lab().welcome(small);
        Duration alone = timed(scene, small, share);
        long over = scene.over();
        String large = scene.accepted(scene.work().rows("acme", share.large(), null, all()));
        scene.awaitFinal(over + 100);
        Duration beside = timed(scene, small, share);
        if (scene.isClosed(large)) {
            throw new LabFailure("the large organization's work was over before that of the small ones");
        }
        int tasks = Tenants.PROVIDERS.size();
        scene.note("%,d tasks of %d small organizations took %d ms alone and %d ms beside %,d of a large one"
                .formatted(
                        share.small() * tasks,
                        share.organizations(),
                        alone.toMillis(),
                        beside.toMillis(),
                        share.large() * tasks));
        if (beside.compareTo(alone.multipliedBy(2)) >= 0) {
            throw new LabFailure("the small ones took %d ms beside a large one, and %d ms alone"
                    .formatted(beside.toMillis(), alone.toMillis()));
        }
        scene.heal();
    }

    /// L3. While the workers are away, hints wait for them: nobody may start all of them at once.
    static void rate(Scene scene) {
        scene.latency("20..60");
        var queues = new QueueApi(scene.lab().api(scene.work().trigger(0)));
        String name = Tenants.PROVIDERS.getFirst();
        queues.set(name, new Setting(PER_TICK, TICK.toMillis(), null, null));
        try {
            Instant from = Instant.now();
            String batch = scene.accepted(scene.work().rows("acme", PACED, null, name));
            scene.awaitFinal(3L * PER_TICK);
            scene.note("kill -9 all workers, for five ticks");
            Processes.workers(scene).forEach(scene.nemesis()::kill);
            Await.rest(TICK.multipliedBy(5));
            Processes.workers(scene).forEach(scene.nemesis()::raise);
            scene.require("the batch is done", Duration.ofMinutes(3), () -> scene.isClosed(batch));
            scene.limit(new Limit(
                    name,
                    from,
                    Instant.now(),
                    TICK.minus(UNDERWAY),
                    PER_TICK,
                    "its rate is %d in %d s".formatted(PER_TICK, TICK.toSeconds())));
        } finally {
            queues.set(name, new Setting(null, null, null, null));
        }
        scene.heal();
    }

    /// How long the small ones take together.
    private static Duration timed(Scene scene, List<String> small, Share share) {
        Instant from = Instant.now();
        List<String> batches = IntStream.range(0, small.size())
                .mapToObj(n -> scene.work().rows(small.get(n), share.rows(n), null, all()))
                .map(scene::accepted)
                .toList();
        scene.require("the small batches are done", Duration.ofMinutes(5), () -> batches.stream()
                .allMatch(batch -> scene.isClosed(batch)));
        return Duration.between(from, Instant.now());
    }

    private static String[] all() {
        return Tenants.PROVIDERS.toArray(String[]::new);
    }
}
