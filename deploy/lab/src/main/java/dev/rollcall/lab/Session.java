package dev.rollcall.lab;

import dev.rollcall.lab.fault.Fault;
import dev.rollcall.lab.fault.Trial;
import dev.rollcall.lab.report.Report;
import dev.rollcall.lab.report.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Several trials on one running system, one after the other.
public final class Session {

    private final Path folder;
    private final long seed;
    private final boolean thorough;
    private final Consumer<String> out;

    /// @param folder keeps everything that is needed to understand a trial that failed
    public Session(Path folder, long seed, boolean thorough, Consumer<String> out) {
        this.folder = folder;
        this.seed = seed;
        this.thorough = thorough;
        this.out = out;
    }

    public List<Result> run(List<Fault> faults, Terms terms) {
        var results = new ArrayList<Result>();
        out.accept("Seed %d. Starting PostgreSQL, Kafka, a simulator and eight services ...".formatted(seed));
        try (var lab = Laboratory.open(folder, terms, thorough)) {
            var trial = new Trial(lab, seed, thorough, out);
            trial.warmUp();
            for (Fault fault : faults) {
                out.accept("%s: %s".formatted(fault, fault.sentence()));
                Result result = trial.of(fault);
                Report.violations(result).forEach(out);
                results.add(result);
            }
        }
        return results;
    }
}
