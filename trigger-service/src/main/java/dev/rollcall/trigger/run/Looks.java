package dev.rollcall.trigger.run;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers the looks of the last minute at each run, so that a pace is a recent one. The first look of a process is
/// compared with the run's opening. Replicas remember apart: each tells the truth about the time between its own
/// looks.
@Singleton
class Looks {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration APART = Duration.ofSeconds(5);
    private static final int RUNS = 32;

    /// A ledger that was set up anew counts its runs from 1 again, so the number alone is not enough.
    private record Opened(long run, Instant at) {
        static Opened of(RunRow run) {
            return new Opened(run.id(), run.openedAt());
        }
    }

    private final Map<Opened, Deque<Look>> byRun = new LinkedHashMap<>(RUNS, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Opened, Deque<Look>> eldest) {
            return size() > RUNS;
        }
    };

    /// The look to compare with: the oldest of the last minute, or the youngest before that.
    synchronized Look before(RunRow run, Instant now) {
        Deque<Look> looks = byRun.getOrDefault(Opened.of(run), new ArrayDeque<>());
        forget(looks, now.minus(WINDOW));
        return looks.isEmpty() ? Look.opening(run.openedAt()) : looks.getFirst();
    }

    synchronized void remember(RunRow run, Look look) {
        Deque<Look> looks = byRun.computeIfAbsent(Opened.of(run), _ -> new ArrayDeque<>());
        if (looks.isEmpty() || !look.at().isBefore(looks.getLast().at().plus(APART))) {
            looks.addLast(look);
        }
    }

    private static void forget(Deque<Look> looks, Instant before) {
        while (looks.size() > 1 && looks.getFirst().at().isBefore(before)) {
            looks.removeFirst();
        }
    }
}
