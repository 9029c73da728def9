package dev.rollcall.lab.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.lab.load.Work;
import dev.rollcall.lab.nemesis.Nemesis;
import dev.rollcall.lab.witness.Evidence.Limit;
import dev.rollcall.lab.witness.LedgerView;
import dev.rollcall.lab.witness.Task;
import dev.rollcall.lab.witness.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Where a fault happens: the system, the work that is under way, chance, and a pen.
public final class Scene {

    private static final Duration BOUND = Duration.ofMinutes(2);

    /// Workers look at the providers twice in this time.
    private static final Duration SEEN = Duration.ofSeconds(1);
    private static final String CALM = "100..200";
    private static final int ENOUGH = 50;

    private final Laboratory lab;
    private final RandomGenerator random;
    private final boolean thorough;
    private final Consumer<String> notes;
    private final Work work;
    private final List<Limit> limits = new ArrayList<>();
    private final int places;
    private @Nullable Instant healed;

    /// @param random drawn from the seed and the fault's name
    /// @param thorough whether there is time for all of it: the long set
    public Scene(Laboratory lab, RandomGenerator random, boolean thorough, Consumer<String> notes) {
        this.lab = lab;
        this.random = random;
        this.thorough = thorough;
        this.notes = notes;
        this.work = new Work(lab, lab.witness().journal());
        this.places = lab.terms().concurrency();
    }

    public Laboratory lab() {
        return lab;
    }

    Nemesis nemesis() {
        return lab.nemesis();
    }

    Witness witness() {
        return lab.witness();
    }

    Work work() {
        return work;
    }

    RandomGenerator random() {
        return random;
    }

    boolean thorough() {
        return thorough;
    }

    /// The id of an order that must have been accepted.
    String accepted(Optional<String> id) {
        return id.orElseThrow(() -> new LabFailure("an order was not accepted, although nothing stood against it"));
    }

    <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    void note(String line) {
        notes.accept(line);
    }

    /// From the next call on, every provider answers after so long.
    void latency(String millis) {
        Tenants.PROVIDERS.forEach(provider -> mode(provider, "{\"latency\":\"%s\"}".formatted(millis)));
    }

    /// @param json see the simulator's README
    void mode(String provider, String json) {
        lab.simulator().api().put("/control/" + provider, "application/json", json.getBytes(UTF_8), JsonNode.class);
    }

    /// Calls of a provider that ended so, by the simulator's own count.
    long ended(String provider, String outcome) {
        return lab.simulator()
                .api()
                .get("/control", JsonNode.class)
                .body()
                .path("providers")
                .path(provider)
                .path("outcomes")
                .path(outcome)
                .asLong();
    }

    /// How many calls every provider takes at one time, from the workers' next look until the end of the trial.
    void concurrency(int calls) {
        lab.allow(calls);
    }

    boolean isClosed(String batch) {
        return witness().look(ledger -> ledger.isClosed(Long.parseLong(batch)));
    }

    /// Waits until so many tasks of the trial are final.
    void awaitFinal(long tasks) {
        require("%d tasks are over".formatted(tasks), BOUND, () -> over() >= tasks);
    }

    /// Hands in more when there is little left: there must be something to hurt.
    void replenish() {
        if (over() > witness().look(LedgerView::count) - ENOUGH) {
            work.mixture(20, 5);
        }
    }

    /// Waits until everything that was begun is final.
    void awaitAllOver(Duration bound) {
        require("all work is over", bound, () -> witness().look(LedgerView::open) == 0);
    }

    /// Waits until so many tasks are being run.
    void awaitRunning(long tasks) {
        require("%d tasks run".formatted(tasks), BOUND, () -> in("running") >= tasks);
    }

    /// How many tasks of the trial are in this state.
    long in(String state) {
        return look().getOrDefault(state, 0L);
    }

    long over() {
        return look().entrySet().stream()
                .filter(state -> Task.FINAL.contains(state.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Map<String, Long> look() {
        return witness().look(LedgerView::states);
    }

    /// A fault strikes where it is meant to, or the trial shows nothing.
    void require(String what, Duration bound, BooleanSupplier condition) {
        if (!Await.within(bound, condition)) {
            throw new LabFailure("waited %d s in vain until %s".formatted(bound.toSeconds(), what));
        }
    }

    /// The last harm was taken away now.
    void heal() {
        nemesis().heal();
        healed = Instant.now();
    }

    /// Nothing of this trial is in the next one's way, whatever became of it: what is still open may end.
    void leave() {
        nemesis().heal();
        nemesis().awaitAll();
        latency(CALM);
        if (lab.terms().concurrency() != places) {
            concurrency(places);
            Await.rest(SEEN);
        }
    }

    public @Nullable Instant healed() {
        return healed;
    }

    /// A provider may not be called more often than this.
    void limit(Limit limit) {
        limits.add(limit);
    }

    public List<Limit> limits() {
        return limits;
    }
}
