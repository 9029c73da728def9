package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Ending;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I6. An extra call was paid for and is not the result. It is accounted for when its own worker wrote down what became
/// of it (a timeout, a cancellation, handed back); what nobody wrote down must be the work of a strike at its
/// worker.
public final class ExtraCallsExplained implements Invariant {

    private static final Set<String> WRITTEN = Set.of("retry", "failed", "cancelled", "not_yet");

    @Override
    public String id() {
        return "I6";
    }

    @Override
    public String sentence() {
        return "extra calls <= strikes at workers and the providers x permits, each with its own strike";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.calls().isEmpty();
    }

    /// Calls that were paid for and are not the result of their task.
    public static List<Call> extra(Evidence evidence) {
        Set<Claim> results = claims(evidence.endings().stream().filter(Ending::counts));
        return evidence.calls().stream()
                .filter(Call::isPaid)
                .filter(call -> !results.contains(new Claim(call.task(), call.attempt())))
                .toList();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        var owners = new Owners(evidence);
        Set<Claim> written = claims(evidence.endings().stream()
                .filter(ending -> !ending.late() && WRITTEN.contains(ending.outcome()))
                .filter(owners::isOwn));
        List<Call> unwritten = extra(evidence).stream()
                .filter(call -> !written.contains(new Claim(call.task(), call.attempt())))
                .toList();
        Stream<String> unexplained = unwritten.stream()
                .filter(call -> owners.strikes(call).isEmpty())
                .map(call -> "%s was paid for (%s) from %s to %s and is not used, and nobody struck its worker %s"
                        .formatted(
                                new Claim(call.task(), call.attempt()),
                                call.outcome(),
                                call.received(),
                                call.done(),
                                owners.of(new Claim(call.task(), call.attempt()))
                                        .orElse("(unknown)")));
        long strikes = owners.strikes();
        long permits = evidence.allowed().values().stream().mapToLong(n -> n).sum();
        Stream<String> tooMany = unwritten.size() <= strikes * permits
                ? Stream.empty()
                : Stream.of("%d extra calls after %d strikes of %d permits each"
                        .formatted(unwritten.size(), strikes, permits));
        return Stream.concat(unexplained, tooMany);
    }

    private static Set<Claim> claims(Stream<Ending> endings) {
        return endings.map(Ending::claim).collect(Collectors.toSet());
    }
}
