package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Batch;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Journal.Verdict;
import dev.rollcall.lab.witness.Run;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I9
final class OneRunADay implements Invariant {

    private record Day(String day, String kind, int repeat) {}

    private record Part(long run, String organization) {}

    @Override
    public String id() {
        return "I9";
    }

    @Override
    public String sentence() {
        return "one run a day, organization and kind; one batch under one idempotency key, and none that nobody asked for";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.runs().isEmpty() || new Submissions(evidence).hasKeys();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Map<Day, Long> days = evidence.runs().stream()
                .collect(Collectors.groupingBy(
                        run -> new Day(run.day(), run.kind(), run.repeat()), Collectors.counting()));
        Map<String, Long> keys =
                evidence.runs().stream().collect(Collectors.groupingBy(Run::key, Collectors.counting()));
        Map<Part, Long> parts = evidence.batches().stream()
                .filter(batch -> batch.kind().equals("nightly"))
                .collect(Collectors.groupingBy(OneRunADay::part, Collectors.counting()));
        var submissions = new Submissions(evidence);
        Stream<String> others = evidence.journal().stream()
                .filter(entry -> entry.what().equals("batch.other") && entry.verdict() == Verdict.OK)
                .map(entry -> "another batch was accepted under the key " + entry.subject());
        return Stream.of(
                        submissions.severalUnderOneKey(),
                        submissions.unaccounted(evidence.batches()),
                        others,
                        twice(days, "run %s was opened %d times"),
                        twice(keys, "the key %s has %d runs"),
                        twice(parts, "%s has %d batches"))
                .flatMap(all -> all);
    }

    private static Part part(Batch batch) {
        Long run = batch.run();
        return new Part(run == null ? 0 : run, batch.organization());
    }

    private static <T> Stream<String> twice(Map<T, Long> counts, String words) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > 1)
                .map(count -> words.formatted(count.getKey(), count.getValue()));
    }
}
