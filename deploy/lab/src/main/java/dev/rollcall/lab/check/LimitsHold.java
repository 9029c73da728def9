package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Evidence.Limit;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I12
final class LimitsHold implements Invariant {

    private record Edge(Instant at, int step) {}

    @Override
    public String id() {
        return "I12";
    }

    @Override
    public String sentence() {
        return "calls at one time and in any window <= the limit; an open breaker lets only probes through";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.calls().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        var owners = new Owners(evidence);
        Stream<String> crowds =
                evidence.calls().stream().collect(Collectors.groupingBy(Call::provider)).entrySet().stream()
                        .flatMap(calls -> crowd(calls.getKey(), calls.getValue(), owners, evidence));
        return Stream.concat(crowds, evidence.limits().stream().flatMap(limit -> tooOften(limit, evidence)));
    }

    /// What a struck worker has left on the wire is nobody's any more, and its permits are given to others.
    private static Stream<String> crowd(String provider, List<Call> calls, Owners owners, Evidence evidence) {
        int limit = evidence.allowed().getOrDefault(provider, Integer.MAX_VALUE);
        var edges = new ArrayList<Edge>();
        calls.stream().filter(call -> owners.strikes(call).isEmpty()).forEach(call -> {
            edges.add(new Edge(call.received(), 1));
            edges.add(new Edge(Hold.end(call), -1));
        });
        edges.sort(Comparator.comparing(Edge::at).thenComparing(Edge::step));
        int now = 0;
        int most = 0;
        for (Edge edge : edges) {
            now += edge.step();
            most = Math.max(most, now);
        }
        return most <= limit
                ? Stream.empty()
                : Stream.of("%d calls at one time on %s, which allows %d".formatted(most, provider, limit));
    }

    private static Stream<String> tooOften(Limit limit, Evidence evidence) {
        var times = evidence.calls().stream()
                .filter(call -> call.provider().equals(limit.provider()))
                .map(Call::received)
                .filter(at -> at.isAfter(limit.from()) && at.isBefore(limit.until()))
                .sorted()
                .toList();
        if (times.isEmpty()) {
            return Stream.of("%s was not called at all from %s to %s, so that %s shows nothing"
                    .formatted(limit.provider(), limit.from(), limit.until(), limit.why()));
        }
        for (int n = limit.calls(); n < times.size(); n++) {
            Instant first = times.get(n - limit.calls());
            Duration within = Duration.between(first, times.get(n));
            if (within.compareTo(limit.window()) < 0) {
                return Stream.of("%d calls of %s within %d ms from %s, though %s"
                        .formatted(limit.calls() + 1, limit.provider(), within.toMillis(), first, limit.why()));
            }
        }
        return Stream.empty();
    }
}
