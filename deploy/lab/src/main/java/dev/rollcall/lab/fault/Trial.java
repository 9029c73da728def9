package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.check.Checker;
import dev.rollcall.lab.check.NothingPilesUp;
import dev.rollcall.lab.check.Verdict;
import dev.rollcall.lab.report.Result;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Footprint;
import dev.rollcall.lab.witness.Footprints;
import dev.rollcall.lab.witness.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;

/// One fault on a running system: what was begun must end, and then everything that was seen is judged.
public final class Trial {

    private static final Duration USUAL_BOUND = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);
    private static final int LOOKS = 6;

    private final Laboratory lab;
    private final long seed;
    private final boolean thorough;
    private final Consumer<String> notes;
    private Duration bound = USUAL_BOUND;
    private Set<Long> seasoned = Set.of();

    /// @param seed what every choice of the nemesis is drawn from
    /// @param thorough the long set's durations
    public Trial(Laboratory lab, long seed, boolean thorough, Consumer<String> notes) {
        this.lab = lab;
        this.seed = seed;
        this.thorough = thorough;
        this.notes = notes;
    }

    /// How long work may take to end after a fault.
    public Trial within(Duration time) {
        bound = time;
        return this;
    }

    /// Everything has worked once: what is measured afterwards is not what a JVM needs to begin with.
    public void warmUp() {
        Scene scene = scene("warm-up");
        Fault.NONE.happenTo(scene);
        seasoned =
                new Footprints(lab, false).take().stream().map(Footprint::pid).collect(Collectors.toSet());
        if (!lab.witness().awaitEnd(bound)) {
            throw new LabFailure("the system does not work, although nothing was done to it");
        }
    }

    private Scene scene(String name) {
        long begun = System.nanoTime();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + name.hashCode());
        return new Scene(
                lab, random, thorough, line -> notes.accept("  %s %6.1f s  %s".formatted(name, since(begun), line)));
    }

    /// Lets a fault happen and judges.
    ///
    /// @throws LabFailure if the fault could not be brought about: then nothing was shown
    public Result of(Fault fault) {
        long begun = System.nanoTime();
        Mark mark = lab.witness().mark();
        var footprints = new Footprints(lab, thorough);
        List<Footprint> all = footprints.take();
        // a process that was started a moment ago still grows into its work
        List<Footprint> before = all.stream()
                .filter(footprint -> seasoned.contains(footprint.pid()))
                .toList();
        seasoned = all.stream().map(Footprint::pid).collect(Collectors.toSet());
        Scene scene = scene(fault.name());
        fault.happenTo(scene);
        notes.accept("  %s %6.1f s  what was done is done".formatted(fault, since(begun)));
        if (!lab.witness().awaitEnd(bound)) {
            notes.accept("  %s: not everything ended within %d s".formatted(fault, bound.toSeconds()));
        }
        notes.accept("  %s %6.1f s  all work is over".formatted(fault, since(begun)));
        lab.nemesis().awaitAll();
        Instant healed = scene.healed();
        Evidence evidence = lab.witness().gather(mark, healed, scene.limits(), before, rested(footprints, before));
        List<Verdict> verdicts = Checker.judge(evidence);
        return Result.of(fault, evidence, verdicts, Duration.ofNanos(System.nanoTime() - begun));
    }

    /// Where there is time, pools may let go of what nobody uses, as the HTTP client's do within a minute.
    private List<Footprint> rested(Footprints footprints, List<Footprint> before) {
        List<Footprint> after = footprints.take();
        for (int look = 0; thorough && look < LOOKS && grew(before, after); look++) {
            Await.rest(BETWEEN_LOOKS);
            after = footprints.take();
        }
        return after;
    }

    private static boolean grew(List<Footprint> before, List<Footprint> after) {
        return NothingPilesUp.growth(before, after).findAny().isPresent();
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
