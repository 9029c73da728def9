package dev.rollcall.lab.witness;

import dev.rollcall.lab.Terms;
import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All that was seen of one trial.
///
/// @param healed when the last fault was taken away; null if there was none
/// @param gathered when the witness began to look
/// @param allowed the most calls at one time, by provider
public record Evidence(
        Terms terms,
        @Nullable Instant healed,
        Instant gathered,
        List<Strike> strikes,
        List<Task> tasks,
        List<Ending> endings,
        List<Change> changes,
        List<Wait> waits,
        List<Incarnation> incarnations,
        List<Batch> batches,
        List<Closing> closings,
        List<Run> runs,
        List<Call> calls,
        List<Announced> announced,
        List<Entry> journal,
        List<Sight> sights,
        List<Coverage> coverages,
        List<Leak> leaks,
        List<Footprint> before,
        List<Footprint> after,
        Map<String, Integer> allowed,
        List<Limit> limits) {

    /// What the workers are called, by incarnation.
    public Map<Long, String> names() {
        return incarnations.stream().collect(Collectors.toMap(Incarnation::id, Incarnation::name));
    }

    /// A time in which a provider may be called only so often, because its breakers are open or its queue has a rate.
    ///
    /// @param window any time as long as this
    /// @param calls so many are allowed in it
    /// @param why as half a sentence
    public record Limit(String provider, Instant from, Instant until, Duration window, int calls, String why) {}
}
