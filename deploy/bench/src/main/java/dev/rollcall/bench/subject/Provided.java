package dev.rollcall.bench.subject;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.rollcall.local.client.SimulatorApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// What the simulator saw of one provider.
///
/// @param calls in the order in which they came
public record Provided(String provider, List<SimulatorApi.Call> calls) {

    public Provided {
        calls = calls.stream()
                .filter(call -> call.provider().equals(provider))
                .sorted(Comparator.comparing(SimulatorApi.Call::received))
                .toList();
    }

    public List<Double> seconds() {
        return calls.stream().map(Provided::seconds).toList();
    }

    /// The same by task, in the order of their first calls.
    public List<List<Double>> secondsByTask() {
        return List.copyOf(calls.stream()
                .collect(groupingBy(SimulatorApi.Call::task, LinkedHashMap::new, mapping(Provided::seconds, toList())))
                .values());
    }

    private static double seconds(SimulatorApi.Call call) {
        return Duration.between(call.received(), call.done()).toNanos() / 1e9;
    }

    /// From the first call's beginning to the last one's end.
    public double span() {
        var end = calls.stream().map(SimulatorApi.Call::done).max(Comparator.naturalOrder());
        return end.map(last ->
                        Duration.between(calls.getFirst().received(), last).toNanos() / 1e9)
                .orElse(0.0);
    }

    /// How many calls were under way at one time, at most.
    public int most() {
        var changes = new ArrayList<Change>();
        for (SimulatorApi.Call call : calls) {
            changes.add(new Change(call.received(), 1));
            changes.add(new Change(call.done(), -1));
        }
        changes.sort(Comparator.comparing(Change::at).thenComparing(Change::by));
        int open = 0;
        int most = 0;
        for (Change change : changes) {
            open += change.by();
            most = Math.max(most, open);
        }
        return most;
    }

    private record Change(Instant at, int by) {}
}
