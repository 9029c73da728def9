package dev.rollcall.lab.check;

import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Ending;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who owned which claim, from the history of changes; and what was done to the owner.
final class Owners {

    private record Tenure(long incarnation, String worker, Instant from) {}

    private final Map<Claim, Tenure> byClaim = new HashMap<>();
    private final List<Strike> strikes;
    private final Evidence evidence;

    Owners(Evidence evidence) {
        this.evidence = evidence;
        this.strikes = evidence.strikes();
        Map<Long, String> names = evidence.names();
        for (Change change : evidence.changes()) {
            Long worker = change.worker();
            if (change.to().equals("running") && worker != null) {
                byClaim.put(
                        new Claim(change.task(), change.attempt()),
                        new Tenure(worker, names.getOrDefault(worker, "worker " + worker), change.at()));
            }
        }
    }

    Optional<String> of(Claim claim) {
        return Optional.ofNullable(byClaim.get(claim)).map(Tenure::worker);
    }

    /// Whether whoever wrote this down had the claim.
    boolean isOwn(Ending ending) {
        Tenure tenure = byClaim.get(ending.claim());
        return tenure != null && tenure.incarnation() == ending.worker();
    }

    /// What struck the owner of a call, or its way to the provider, between its claim and a lease after its end. A
    /// SIGTERM explains nothing: who is asked to leave has time to write down what becomes of its calls.
    ///
    /// @return the strikes that explain why its answer may be missing
    List<Strike> strikes(Call call) {
        Tenure tenure = byClaim.get(new Claim(call.task(), call.attempt()));
        if (tenure == null) {
            return List.of();
        }
        Instant until = call.done().plus(evidence.terms().lease());
        return strikes.stream()
                .filter(strike -> isOfProvider(strike) || costsClaims(strike, tenure.worker()))
                .filter(strike -> !strike.until().isBefore(tenure.from())
                        && !strike.from().isAfter(until))
                .toList();
    }

    /// How many strikes can have made any worker lose calls.
    long strikes() {
        return strikes.stream()
                .filter(strike -> isOfProvider(strike)
                        || evidence.incarnations().stream().anyMatch(worker -> costsClaims(strike, worker.name())))
                .count();
    }

    private static boolean isOfProvider(Strike strike) {
        return strike.target().equals("provider");
    }

    /// A lease runs from the last heartbeat before the strike: a silence that is shorter costs nothing.
    private boolean costsClaims(Strike strike, String worker) {
        return strike.hits(worker)
                && switch (strike.kind()) {
                    case KILL -> true;
                    case STOP, CUT ->
                        Duration.between(strike.from(), strike.until())
                                        .plus(evidence.terms().heartbeat())
                                        .compareTo(evidence.terms().lease())
                                >= 0;
                    case TERM, LOST_ANSWER -> false;
                };
    }
}
