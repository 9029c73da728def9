package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Evidence;
import java.util.List;

/// Judges the evidence of one trial by all invariants.
public final class Checker {

    public static final List<Invariant> ALL = List.of(
            new NothingLost(),
            new OneResult(),
            new NoSuccessWithoutCall(),
            new CallsWithinAttempts(),
            new OverlapsExplained(),
            new ExtraCallsExplained(),
            new CountsAgree(),
            new CancelHolds(),
            new OneRunADay(),
            new TenantsApart(),
            new ProgressAfterHealing(),
            new LimitsHold(),
            new CoverageRecounted(),
            new NoSecrets(),
            new NothingPilesUp(),
            new ClaimedWhenDue(),
            new NewsIsTrue(),
            new TakenBack());

    private Checker() {}

    public static List<Verdict> judge(Evidence evidence) {
        return ALL.stream().map(invariant -> judge(invariant, evidence)).toList();
    }

    static Verdict judge(Invariant invariant, Evidence evidence) {
        var violations = invariant
                .objections(evidence)
                .map(words -> new Violation(invariant.id(), words))
                .toList();
        return new Verdict(
                invariant.id(),
                invariant.sentence(),
                invariant.concerns(evidence) || !violations.isEmpty(),
                violations);
    }
}
