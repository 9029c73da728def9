package dev.rollcall.reconciler.silence;

import java.util.List;

/// What one pass did.
///
/// @param alone false when another reconciler was at it; then everything else is empty
/// @param deadWorkers incarnations declared dead in this pass
/// @param takenBack tasks of dead workers that are due again
/// @param exhausted tasks of dead workers that have no attempt left
/// @param announced ends that may not have been announced, announced again
/// @param republished tasks whose hints were lost
/// @param givenUp tasks that failed by the wall limit
public record Report(
        boolean alone,
        List<Long> deadWorkers,
        int takenBack,
        int exhausted,
        int announced,
        int republished,
        int givenUp) {
    static final Report NOT_ALONE = new Report(false, List.of(), 0, 0, 0, 0, 0);
    static final Report NOTHING = new Report(true, List.of(), 0, 0, 0, 0, 0);

    Report withGivenUp(int tasks) {
        return new Report(alone, deadWorkers, takenBack, exhausted, announced, republished, tasks);
    }

    /// Whether there was anything to do.
    boolean acted() {
        return !deadWorkers.isEmpty() || takenBack + exhausted + announced + republished + givenUp > 0;
    }
}
