package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Ending;
import dev.rollcall.lab.witness.Evidence;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I3
final class NoSuccessWithoutCall implements Invariant {

    @Override
    public String id() {
        return "I3";
    }

    @Override
    public String sentence() {
        return "no success without a call that succeeded";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return evidence.endings().stream().anyMatch(Ending::counts);
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Set<Claim> answered = evidence.calls().stream()
                .filter(call -> call.outcome().equals("answered"))
                .map(call -> new Claim(call.task(), call.attempt()))
                .collect(Collectors.toSet());
        return evidence.endings().stream()
                .filter(Ending::counts)
                .filter(result -> !answered.contains(result.claim()))
                .map(result -> "%s succeeded, and the provider answered no such call".formatted(result.claim()));
    }
}
