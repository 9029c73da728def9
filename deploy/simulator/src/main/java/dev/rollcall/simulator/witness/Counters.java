package dev.rollcall.simulator.witness;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The tallies of all providers that were ever called.
public final class Counters {

    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    public Tally of(String provider) {
        // get first: computeIfAbsent locks even when there is nothing to compute
        var tally = tallies.get(provider);
        return tally != null ? tally : tallies.computeIfAbsent(provider, name -> new Tally());
    }

    /// Starts counting anew. Calls in flight stay in flight: that they are is a fact, not a count.
    public void reset() {
        tallies.values().forEach(Tally::reset);
    }

    public JsonObject toJson() {
        var json = new JsonObject();
        new TreeMap<>(tallies).forEach((provider, tally) -> json.put(provider, tally.toJson()));
        return json;
    }
}
