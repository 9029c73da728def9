package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Evidence;
import java.util.stream.Stream;

/// I14
final class NoSecrets implements Invariant {

    @Override
    public String id() {
        return "I14";
    }

    @Override
    public String sentence() {
        return "no secret in logs, topics, dead letters or answers";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return true;
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        return evidence.leaks().stream().map(leak -> "%s is in %s".formatted(leak.secret(), leak.place()));
    }
}
