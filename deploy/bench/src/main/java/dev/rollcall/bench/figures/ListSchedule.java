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
        return makespan(durations.stream().map(List::of).toList(), 0, places);
    }

    /// In the order given, where a task may take several tries. The next one begins no sooner than so long after
    /// the one before is over, and then goes before tasks that were not tried yet.
    ///
    /// @param tasks how long each of their tries takes, in any unit
    /// @param wait from the end of a try to the next one, at least
    /// @param places tries at one time
    /// @return in the same unit
    public static double makespan(List<List<Double>> tasks, double wait, int places) {
        if (places < 1) {
            throw new IllegalArgumentException("no work gets done in %d places".formatted(places));
        }
        var running = new PriorityQueue<Moment>();
        var waiting = new PriorityQueue<Moment>();
        int next = 0;
        double now = 0;
        while (next < tasks.size() || !running.isEmpty() || !waiting.isEmpty()) {
            boolean free = running.size() < places;
            Moment due = waiting.peek();
            Moment over = running.peek();
            if (free && due != null && due.at() <= now) {
                running.add(waiting.remove().over(now));
            } else if (free && next < tasks.size()) {
                running.add(new Moment(now, tasks.get(next++), 0).over(now));
            } else if (over != null && !(free && due != null && due.at() < over.at())) {
                now = running.remove().at();
                if (over.tries() < over.task().size()) {
                    waiting.add(new Moment(now + wait, over.task(), over.tries()));
                }
            } else {
                now = waiting.element().at();
            }
        }
        return now;
    }

    /// When a try is over, or when the next one may begin.
    ///
    /// @param tries how many of the task's have begun
    private record Moment(double at, List<Double> task, int tries) implements Comparable<Moment> {

        Moment over(double begin) {
            return new Moment(begin + task.get(tries), task, tries + 1);
        }

        @Override
        public int compareTo(Moment other) {
            return Double.compare(at, other.at);
        }
    }

    /// The longest first, which is never worse than 4/3 of the best there is (Graham 1969).
    public static double longestFirst(List<Double> durations, int places) {
        return makespan(durations.stream().sorted(Comparator.reverseOrder()).toList(), places);
    }
}
