package dev.rollcall.lab.check;

import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.nemesis.Strike.Kind;
import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// I18. A worker's lease ends at most so long after its death, a reconciler looks once a pass, and gives the silent
/// half of their lease. Where
/// PostgreSQL or a reconciler was struck about that time it may take longer.
final class TakenBack implements Invariant {

    /// A pass takes its time on a machine on which everything runs.
    private static final Duration SLACK = Duration.ofSeconds(5);

    /// A claim, until the task's next change.
    private record Tenure(long task, String worker, Instant from, Instant until) {

        boolean isUnder(Strike strike) {
            return strike.target().equals(worker) && from.isBefore(strike.from()) && until.isAfter(strike.from());
        }
    }

    @Override
    public String id() {
        return "I18";
    }

    @Override
    public String sentence() {
        return "what a worker had in hand that died, or was frozen, is taken back within a lease and a half, and a pass";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        List<Tenure> tenures = tenures(evidence);
        return deaths(evidence).anyMatch(strike -> tenures.stream().anyMatch(tenure -> tenure.isUnder(strike)));
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        List<Tenure> tenures = tenures(evidence);
        Duration bound = bound(evidence);
        return deaths(evidence).flatMap(strike -> tenures.stream()
                .filter(tenure -> tenure.isUnder(strike))
                .filter(tenure -> tenure.until().isAfter(strike.from().plus(bound)))
                .map(tenure -> "task %d was in the hands of %s, which was struck at %s, until %s"
                        .formatted(tenure.task(), tenure.worker(), strike.from(), tenure.until())));
    }

    private static Duration bound(Evidence evidence) {
        Duration lease = evidence.terms().lease();
        return lease.plus(lease.dividedBy(2))
                .plus(evidence.terms().reconcileEvery())
                .plus(SLACK);
    }

    private static Stream<Strike> deaths(Evidence evidence) {
        Duration bound = bound(evidence);
        return evidence.strikes().stream()
                .filter(strike -> strike.kind() == Kind.KILL
                        || strike.kind() == Kind.STOP
                                && !strike.until().isBefore(strike.from().plus(bound)))
                .filter(strike -> evidence.strikes().stream()
                        .noneMatch(other -> hinders(other)
                                && !other.from().isAfter(strike.from().plus(bound))
                                && !other.until().isBefore(strike.from().minus(bound))));
    }

    private static boolean hinders(Strike strike) {
        return strike.target().startsWith("reconciler") || strike.target().contains("postgres");
    }

    private static List<Tenure> tenures(Evidence evidence) {
        Map<Long, String> names = evidence.names();
        Map<Long, Change> running = new HashMap<>();
        List<Tenure> tenures = new ArrayList<>();
        for (Change change : evidence.changes()) {
            Change claim = running.remove(change.task());
            if (claim != null) {
                tenures.add(tenure(claim, change.at(), names));
            }
            if (change.to().equals("running")) {
                running.put(change.task(), change);
            }
        }
        running.values().forEach(claim -> tenures.add(tenure(claim, evidence.gathered(), names)));
        return tenures;
    }

    private static Tenure tenure(Change claim, Instant until, Map<Long, String> names) {
        Long worker = claim.worker();
        return new Tenure(claim.task(), worker == null ? "" : names.getOrDefault(worker, ""), claim.at(), until);
    }
}
