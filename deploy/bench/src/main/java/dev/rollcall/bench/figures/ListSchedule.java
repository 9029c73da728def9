package dev.rollcall.bench.figures;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// How long work takes on so many places at once when each place takes the next piece as soon as it is free
/// ([list scheduling](https://en.wikipedia.org/wiki/List_scheduling)), and nothing else costs anything.
public final class ListSchedule {

    private ListSchedule() {}

    /// In the order given.
    ///
    /// @param durations in any unit
    /// @param places pieces at one time
    /// @return in the same unit
    public static double makespan(List<Double> durations, int places) {
        if (places < 1) {
            throw new IllegalArgumentException("no work gets done in %d places".formatted(places));
        }
        var freeAt = new PriorityQueue<Double>(places);
        double end = 0;
        for (double duration : durations) {
            double begin = freeAt.size() < places ? 0 : freeAt.remove();
            freeAt.add(begin + duration);
            end = Math.max(end, begin + duration);
        }
        return end;
    }

    /// The longest first, which is never worse than 4/3 of the best there is (Graham 1969).
    public static double longestFirst(List<Double> durations, int places) {
        return makespan(durations.stream().sorted(Comparator.reverseOrder()).toList(), places);
    }
}
