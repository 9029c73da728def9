package dev.rollcall.local.system;

import java.util.List;

/// What the services are started for, and how their JVMs compile because of it.
public enum Purpose {

    /// A short life: the quick compiler only, which costs the least until a demo is over.
    BRIEF(List.of("-XX:TieredStopAtLevel=1")),

    /// Work for days: all tiers.
    LASTING(List.of()),

    /// Recording what later starts need, see [WarmStart]. All tiers, so that what it learns serves both others.
    RECORDING(List.of());

    private final List<String> flags;

    Purpose(List<String> flags) {
        this.flags = flags;
    }

    List<String> flags() {
        return flags;
    }
}
