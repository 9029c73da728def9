package dev.rollcall.local.system;

import java.util.List;

/// What the services are started for, and how their JVMs compile because of it.
public enum Purpose {

    /// A short life: the quick compiler only, which costs the least until a demo is over.
    BRIEF,

    /// Work for days: all tiers for who takes in work and runs it. Who looks after it leaves most to PostgreSQL, and
    /// with the quick compiler starts in two thirds of the time.
    LASTING,

    /// Recording what later starts need, see [WarmStart]. All tiers, so that what it learns serves both others.
    RECORDING;

    private static final List<String> QUICK_COMPILER = List.of("-XX:TieredStopAtLevel=1");

    List<String> flags(Service service) {
        return switch (this) {
            case BRIEF -> QUICK_COMPILER;
            case LASTING ->
                switch (service) {
                    case TRIGGER, WORKER -> List.of();
                    case RECONCILER, POSTCHECK -> QUICK_COMPILER;
                };
            case RECORDING -> List.of();
        };
    }
}
