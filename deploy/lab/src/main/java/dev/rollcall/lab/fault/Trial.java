package dev.rollcall.lab.fault;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.check.Checker;
import dev.rollcall.lab.check.NothingPilesUp;
import dev.rollcall.lab.check.Verdict;
import dev.rollcall.lab.report.Archive;
import dev.rollcall.lab.report.Archive.Seen;
import dev.rollcall.lab.report.Result;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Footprint;
import dev.rollcall.lab.witness.Footprints;
import dev.rollcall.lab.witness.Mark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One fault on a running system: what was begun must end, and then everything that was seen is judged and kept.
public final class Trial {

    private static final Duration USUAL_BOUND = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);
    private static final int LOOKS = 6;

    private final Laboratory lab;
    private final long seed;
    private final boolean thorough;
    private final Consumer<String> out;
    private final Archive archive;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private Duration bound = USUAL_BOUND;
    private Set<Long> seasoned = Set.of();

    /// @param seed what every choice of the nemesis is drawn from
    /// @param thorough the long set's durations
    public Trial(Laboratory lab, long seed, boolean thorough, Consumer<String> out) {
        this.lab = lab;
        this.seed = seed;
        this.thorough = thorough;
        this.out = out;
        this.archive = new Archive(lab.folder());
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
        return new Scene(lab, random, thorough, line -> note("%s %6.1f s  %s".formatted(name, since(begun), line)));
    }

    /// Lets a fault happen, judges, and keeps what was seen. Whatever becomes of it, the next one finds a whole system.
    ///
    /// @return also if the fault could not be brought about: then nothing was shown, and the trouble is told
    public Result of(Fault fault) {
        notes.clear();
        Instant from = Instant.now();
        Scene scene = scene(fault.name());
        Evidence evidence = null;
        Result result;
        try {
            long begun = System.nanoTime();
            evidence = watch(fault, scene, begun);
            List<Verdict> verdicts = Checker.judge(evidence);
            scene.leave();
            result = Result.of(fault, evidence, verdicts, Duration.ofNanos(System.nanoTime() - begun));
        } catch (RuntimeException e) {
            result = failed(fault, scene, e);
        }
        archive.keep(result, seen(from, evidence));
        return result;
    }

    private Seen seen(Instant from, @Nullable Evidence evidence) {
        return new Seen(
                seed,
                List.copyOf(notes),
                lab.nemesis().since(from),
                lab.witness().journal().since(from),
                evidence);
    }

    private Result failed(Fault fault, Scene scene, RuntimeException trouble) {
        tell(fault, trouble);
        try {
            scene.leave();
        } catch (RuntimeException e) {
            tell(fault, e);
        }
        return Result.nothing(fault, trouble instanceof LabFailure ? message(trouble) : trouble.toString());
    }

    private static String message(RuntimeException trouble) {
        return String.valueOf(trouble.getMessage());
    }

    private void tell(Fault fault, RuntimeException trouble) {
        var stack = new StringWriter();
        trouble.printStackTrace(new PrintWriter(stack));
        note("%s: %s".formatted(fault, stack.toString().strip()));
    }

    private void note(String line) {
        notes.add(line);
        out.accept("  " + line);
    }

    private Evidence watch(Fault fault, Scene scene, long begun) {
        if (!lab.witness().awaitEnd(bound)) {
            note("%s: work of an earlier trial is still open, and not this one's".formatted(fault));
        }
        Mark mark = lab.witness().mark();
        var footprints = new Footprints(lab, thorough);
        List<Footprint> all = footprints.take();
        // a process that was started a moment ago still grows into its work
        List<Footprint> before = all.stream()
                .filter(footprint -> seasoned.contains(footprint.pid()))
                .toList();
        seasoned = all.stream().map(Footprint::pid).collect(Collectors.toSet());
        fault.happenTo(scene);
        note("%s %6.1f s  what was done is done".formatted(fault, since(begun)));
        note(
                lab.witness().awaitEnd(bound)
                        ? "%s %6.1f s  all work is over".formatted(fault, since(begun))
                        : "%s: not everything ended within %d s".formatted(fault, bound.toSeconds()));
        lab.nemesis().awaitAll();
        return lab.witness().gather(mark, scene.healed(), scene.limits(), before, rested(footprints, before));
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
