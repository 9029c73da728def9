package dev.rollcall.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.lab.fault.Fault;
import dev.rollcall.lab.fault.Trial;
import dev.rollcall.lab.report.Report;
import dev.rollcall.lab.report.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The short set of faults on one running system. The seed is printed; `-Drollcall.lab.seed=N` replays it.
@TestInstance(Lifecycle.PER_CLASS)
class ShortSetTest {

    private static final long SEED =
            Long.getLong("rollcall.lab.seed", ThreadLocalRandom.current().nextLong(1_000_000));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder = Path.of("");

    private final List<Result> results = new ArrayList<>();
    private Laboratory lab;
    private Trial trial;

    static List<Fault> faults() {
        return Fault.shortSet();
    }

    @BeforeAll
    void open() {
        say("seed %d, folder %s".formatted(SEED, folder));
        lab = Laboratory.open(folder, Terms.SHORT, false);
        trial = new Trial(lab, SEED, false, ShortSetTest::say);
        trial.warmUp();
    }

    @AfterAll
    void close() {
        lab.close();
        Report.lines(results).forEach(ShortSetTest::say);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void every_invariant_holds_after(Fault fault) {
        Result result = trial.of(fault);
        results.add(result);
        assertThat(Report.violations(result)).as("seed %d", SEED).isEmpty();
        assertThat(result.tasks()).isPositive();
        assertThat(result.lost()).isZero();
        assertThat(result.duplicates()).isZero();
    }

    @SuppressWarnings("SystemOut") // the seed must be seen also when all goes well
    private static void say(String line) {
        System.out.println(line);
    }
}
