package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Footprint;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I15. Of processes that lived through the trial.
public final class NothingPilesUp implements Invariant {

    private static final double MORE = 1.10;
    /// Pools grow to their bounds when there is much to do, and stay so; that is no leak.
    private static final long SOME = 24;
    private static final long SOME_KIB = 4 << 10;

    @Override
    public String id() {
        return "I15";
    }

    @Override
    public String sentence() {
        return "threads, file handles, connections and heap afterwards = before (+10 %)";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return survivors(evidence.before(), evidence.after()).findAny().isPresent();
    }

    private static Stream<Map.Entry<Footprint, Footprint>> survivors(List<Footprint> before, List<Footprint> after) {
        Map<Long, Footprint> byPid = before.stream().collect(Collectors.toMap(Footprint::pid, Function.identity()));
        return after.stream()
                .filter(footprint -> byPid.containsKey(footprint.pid()))
                .map(footprint -> Map.entry(byPid.get(footprint.pid()), footprint));
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        return growth(evidence.before(), evidence.after());
    }

    /// What has grown, in words.
    public static Stream<String> growth(List<Footprint> before, List<Footprint> after) {
        return survivors(before, after).flatMap(both -> Stream.of(
                        more(both, "threads", Footprint::threads, SOME),
                        more(both, "file handles", Footprint::handles, SOME),
                        more(both, "connections", Footprint::connections, SOME),
                        more(both, "KiB of live heap", Footprint::heapKiB, SOME_KIB))
                .flatMap(words -> words));
    }

    private static Stream<String> more(
            Map.Entry<Footprint, Footprint> both, String what, ToLongFunction<Footprint> of, long slack) {
        long before = of.applyAsLong(both.getKey());
        long after = of.applyAsLong(both.getValue());
        return after <= before * MORE + slack
                ? Stream.empty()
                : Stream.of("%s had %d %s, and has %d".formatted(both.getKey().name(), before, what, after));
    }
}
