package dev.rollcall.lab.mutation;

import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.Terms;
import dev.rollcall.lab.check.Verdict;
import dev.rollcall.lab.check.Violation;
import dev.rollcall.lab.fault.Trial;
import dev.rollcall.lab.report.Report;
import dev.rollcall.lab.report.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// Shows that the checker notices a broken promise.
public final class Proof {

    /// What is lost does not come back: there is no use in waiting long for it.
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private Proof() {}

    /// Breaks the promise on a system of its own and lets its fault happen.
    ///
    /// @return whether the invariant that must notice did
    public static boolean of(Mutation mutation, Path folder, long seed, Consumer<String> out) {
        out.accept("%s (seed %d): %s".formatted(mutation.id(), seed, mutation.sentence()));
        try (var lab = Laboratory.open(folder, mutation.terms(Terms.SHORT), false)) {
            var trial = new Trial(lab, seed, false, out).within(PATIENCE);
            trial.warmUp();
            mutation.breakIn(lab);
            Result result = trial.of(mutation.fault());
            Report.violations(result).forEach(out);
            boolean noticed = result.verdicts().stream()
                    .filter(verdict -> verdict.invariant().equals(mutation.noticedBy()))
                    .anyMatch(verdict -> !verdict.holds());
            out.accept("%s: %s"
                    .formatted(
                            mutation.id(),
                            noticed
                                    ? "noticed by %s, with %d pieces of evidence"
                                            .formatted(mutation.noticedBy(), evidence(result, mutation))
                                    : "NOT NOTICED by " + mutation.noticedBy()));
            return noticed;
        }
    }

    private static long evidence(Result result, Mutation mutation) {
        return result.verdicts().stream()
                .map(Verdict::violations)
                .flatMap(violations -> violations.stream())
                .map(Violation::invariant)
                .filter(mutation.noticedBy()::equals)
                .count();
    }
}
