package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Evidence;
import java.util.stream.Stream;

/// I13
final class CoverageRecounted implements Invariant {

    @Override
    public String id() {
        return "I13";
    }

    @Override
    public String sentence() {
        return "the postcheck's coverage is a recount from the simulator's log";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.coverages().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        return evidence.coverages().stream()
                .filter(run -> run.covered() != run.recounted()
                        || run.expected() != run.prompts()
                        || !run.differences().isEmpty())
                .map(run -> "%s: the postcheck says %d of %d, a recount says %d of %d; they differ in %s"
                        .formatted(
                                run.run(),
                                run.covered(),
                                run.expected(),
                                run.recounted(),
                                run.prompts(),
                                run.differences()));
    }
}
