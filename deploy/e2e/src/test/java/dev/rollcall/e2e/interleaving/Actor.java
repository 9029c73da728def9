package dev.rollcall.e2e.interleaving;

import java.util.List;

/// Somebody who does certain steps, one after the other.
record Actor(String name, List<Step> steps) {
    /// One transaction of a service.
    record Step(String name, Runnable action) {}

    static Step step(String name, Runnable action) {
        return new Step(name, action);
    }
}
