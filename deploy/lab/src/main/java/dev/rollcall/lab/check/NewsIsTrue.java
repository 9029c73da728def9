package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Announced;
import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Task;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I17. Kafka may lose what is said of an end, and say it twice; it may not say what never was. That a task is to be
/// tried again is a hint and promises nothing.
final class NewsIsTrue implements Invariant {

    @Override
    public String id() {
        return "I17";
    }

    @Override
    public String sentence() {
        return "what the topics say of an end is what the ledger's history says";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.announced().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Set<Long> tasks = evidence.tasks().stream().map(Task::id).collect(Collectors.toSet());
        Set<Announced> happened = evidence.changes().stream()
                .map(change -> new Announced(new Claim(change.task(), change.attempt()), change.to()))
                .collect(Collectors.toSet());
        return evidence.announced().stream()
                .filter(news -> Task.FINAL.contains(news.state())
                        && tasks.contains(news.claim().task()))
                .filter(news -> !happened.contains(news))
                .map(news -> "%s was announced as %s, and never was".formatted(news.claim(), news.state()));
    }
}
