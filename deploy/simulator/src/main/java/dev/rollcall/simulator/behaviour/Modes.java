package dev.rollcall.simulator.behaviour;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The modes in force: one for everybody, and one for each provider that was given its own. Changes are seen by the
/// next call.
public final class Modes {

    private final Mode initial;
    private final Map<String, Mode> byProvider = new ConcurrentHashMap<>();
    private volatile Mode global;

    public Modes(Mode initial) {
        this.initial = initial;
        this.global = initial;
    }

    public Mode of(String provider) {
        return byProvider.getOrDefault(provider, global);
    }

    public Mode global() {
        return global;
    }

    public Map<String, Mode> byProvider() {
        return new TreeMap<>(byProvider);
    }

    public void set(Mode mode) {
        global = mode;
    }

    public void set(String provider, Mode mode) {
        byProvider.put(provider, mode);
    }

    /// Back to the mode of the start, for everybody.
    public void reset() {
        byProvider.clear();
        global = initial;
    }
}
