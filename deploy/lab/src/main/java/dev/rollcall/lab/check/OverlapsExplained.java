package dev.rollcall.lab.check;

import dev.rollcall.lab.Terms;
import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// I5
final class OverlapsExplained implements Invariant {

    @Override
    public String id() {
        return "I5";
    }

    @Override
    public String sentence() {
        return "two calls of one task overlap only if the first owner was killed, stopped or cut off for a lease";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.calls().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        var owners = new Owners(evidence);
        return evidence.calls().stream().collect(Collectors.groupingBy(Call::task)).values().stream()
                .filter(calls -> calls.size() > 1)
                .flatMap(calls -> overlaps(calls, owners, evidence));
    }

    private static Stream<String> overlaps(List<Call> calls, Owners owners, Evidence evidence) {
        var sorted = calls.stream().sorted(Comparator.comparing(Call::received)).toList();
        return IntStream.range(1, sorted.size())
                .filter(n -> sorted.get(n).received().isBefore(sorted.get(n - 1).done()))
                .filter(n -> !isExplained(sorted.get(n - 1), sorted.get(n), owners, evidence))
                .mapToObj(n -> "task %d: attempt %d was called at %s, while attempt %d was on the wire until %s"
                        .formatted(
                                sorted.get(n).task(),
                                sorted.get(n).attempt(),
                                sorted.get(n).received(),
                                sorted.get(n - 1).attempt(),
                                sorted.get(n - 1).done()));
    }

    private static boolean isExplained(Call first, Call second, Owners owners, Evidence evidence) {
        return owners.strikes(first).stream().anyMatch(strike -> explains(strike, first, second, evidence.terms()));
    }

    /// Whether the strike had cost the first owner its task when the second call came. A lease runs from the last
    /// heartbeat before the strike. Who loses an answer only is still the owner, and begins anew when it knows
    /// that the call is over, which is a moment before the provider does.
    private static boolean explains(Strike strike, Call first, Call second, Terms terms) {
        Instant lost = strike.from().plus(terms.lease()).minus(terms.heartbeat());
        return switch (strike.kind()) {
            case KILL -> strike.from().isBefore(second.received());
            case STOP, CUT -> !lost.isAfter(second.received()) && !lost.isAfter(strike.until());
            case LOST_ANSWER -> !Hold.end(first).isAfter(second.received());
            case TERM -> false;
        };
    }
}
