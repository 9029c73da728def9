package dev.rollcall.lab.check;

import dev.rollcall.lab.Terms;
import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.nemesis.Strike.Kind;
import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// I11
final class ProgressAfterHealing implements Invariant {

    private static final Duration RELEASED = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "I11";
    }

    @Override
    public String sentence() {
        return "work goes on within 60 s after a fault is healed, and what a leaving worker hands back within 5 s";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        Instant healed = evidence.healed();
        return healed != null
                && evidence.changes().stream().anyMatch(change -> change.at().isAfter(healed));
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        return Stream.concat(standstill(evidence), handedBack(evidence));
    }

    private static Stream<String> handedBack(Evidence evidence) {
        return evidence.strikes().stream()
                .filter(strike -> strike.kind() == Kind.TERM)
                .flatMap(strike -> evidence.changes().stream()
                        .filter(change -> isHandedBack(change, strike))
                        .filter(change -> !movesOn(change, evidence))
                        .map(change -> "task %d was handed back at %s as %s left, and nobody took it within %d s"
                                .formatted(change.task(), change.at(), strike.target(), RELEASED.toSeconds())));
    }

    /// By the worker itself, after it was asked to leave.
    private static boolean isHandedBack(Change change, Strike strike) {
        return change.from().equals("running")
                && change.to().equals("pending")
                && change.at().isAfter(strike.from())
                && change.at().isBefore(strike.until());
    }

    private static boolean movesOn(Change released, Evidence evidence) {
        return evidence.changes().stream()
                .filter(change ->
                        change.task() == released.task() && change.at().isAfter(released.at()))
                .anyMatch(change -> Duration.between(released.at(), change.at()).compareTo(RELEASED) < 0);
    }

    private static Stream<String> standstill(Evidence evidence) {
        Instant healed = evidence.healed();
        if (healed == null) {
            return Stream.empty();
        }
        Instant last = healed;
        Duration longest = Duration.ZERO;
        for (Change change : moves(evidence, healed)) {
            Duration pause = Duration.between(last, change.at());
            longest = longest.compareTo(pause) < 0 ? pause : longest;
            last = change.at();
        }
        boolean unfinished = evidence.tasks().stream().anyMatch(task -> !task.isFinal());
        boolean none = last.equals(healed) && unfinished;
        Duration since = Duration.between(last, evidence.gathered());
        longest = unfinished && longest.compareTo(since) < 0 ? since : longest;
        return longest.compareTo(Terms.PROGRESS) > 0 || none
                ? Stream.of(
                        none
                                ? "nothing moved after the fault was healed at " + healed
                                : "nothing moved for %d s after the fault was healed at %s"
                                        .formatted(longest.toSeconds(), healed))
                : Stream.empty();
    }

    private static List<Change> moves(Evidence evidence, Instant healed) {
        return evidence.changes().stream()
                .filter(change -> change.to().equals("running") || Task.FINAL.contains(change.to()))
                .filter(change -> change.at().isAfter(healed))
                .toList();
    }
}
