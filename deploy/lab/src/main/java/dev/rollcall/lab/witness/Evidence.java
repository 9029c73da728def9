package dev.rollcall.lab.witness;

import dev.rollcall.lab.Terms;
import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that was seen of one trial.
///
/// @param begun when the trial began
/// @param healed when the last fault was taken away; null if there was none
/// @param allowed the most calls at one time, by provider
public record Evidence(
        Terms terms,
        Instant begun,
        @Nullable Instant healed,
        List<Strike> strikes,
        List<Task> tasks,
        List<Ending> endings,
        List<Change> changes,
        List<Incarnation> incarnations,
        List<Batch> batches,
        List<Run> runs,
        List<Call> calls,
        List<Entry> journal,
        List<Sight> sights,
        List<Coverage> coverages,
        List<Leak> leaks,
        List<Footprint> before,
        List<Footprint> after,
        Map<String, Integer> allowed,
        List<Breaker> breakers) {

    /// A time in which a provider was ill all along, so that its breakers were open.
    ///
    /// @param probes calls in any [#window] seconds that are no more than probes
    public record Breaker(String provider, Instant from, Instant until, int window, int probes) {}
}
