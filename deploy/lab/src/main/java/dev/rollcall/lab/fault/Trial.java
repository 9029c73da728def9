package dev.rollcall.lab.fault;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.check.Checker;
import dev.rollcall.lab.check.Verdict;
import dev.rollcall.lab.report.Result;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Footprint;
import dev.rollcall.lab.witness.Footprints;
import dev.rollcall.lab.witness.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGeneratorFactory;

/// One fault on a running system: what was begun must end, and then everything that was seen is judged.
public final class Trial {

    private static final Duration BOUND = Duration.ofMinutes(3);

    private final Laboratory lab;
    private final long seed;
    private final boolean thorough;
    private final Consumer<String> notes;

    /// @param seed what every choice of the nemesis is drawn from
    /// @param thorough the long set's durations
    public Trial(Laboratory lab, long seed, boolean thorough, Consumer<String> notes) {
        this.lab = lab;
        this.seed = seed;
        this.thorough = thorough;
        this.notes = notes;
    }

    /// @throws LabFailure if the fault could not be brought about: then nothing was shown
    public Result of(Fault fault) {
        long begun = System.nanoTime();
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + fault.name().hashCode());
        Mark mark = lab.witness().mark();
        var footprints = new Footprints(lab);
        List<Footprint> before = footprints.take();
        var scene = new Scene(
                lab, random, thorough, line -> notes.accept("  %s %6.1f s  %s".formatted(fault, since(begun), line)));
        fault.happenTo(scene);
        if (!lab.witness().awaitEnd(BOUND)) {
            notes.accept("  %s: not everything ended within %d s".formatted(fault, BOUND.toSeconds()));
        }
        lab.nemesis().awaitAll();
        Instant healed = scene.healed();
        Evidence evidence = lab.witness().gather(mark, healed, scene.breakers(), before, footprints.take());
        List<Verdict> verdicts = Checker.judge(evidence);
        return Result.of(fault, evidence, verdicts, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
