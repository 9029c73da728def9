package dev.rollcall.trigger.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers the looks of the last minute at each subject, so that a pace is a recent one. Replicas remember apart:
/// each tells the truth about the time between its own looks.
///
/// @param <S> what is looked at
public final class Looks<S> {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration APART = Duration.ofSeconds(5);

    private final Map<S, Deque<Look>> bySubject;

    /// @param most subjects that are remembered; the one nobody looked at for the longest time is forgotten first
    public Looks(int most) {
        bySubject = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<S, Deque<Look>> eldest) {
                return size() > most;
            }
        };
    }

    public synchronized boolean knows(S subject) {
        return bySubject.containsKey(subject);
    }

    /// The look to compare with: the youngest that is a minute old, or else the oldest there is.
    ///
    /// @param first what the first look of this process is compared with, and those after it for a minute
    public synchronized Look before(S subject, Instant now, Look first) {
        Deque<Look> looks = bySubject.computeIfAbsent(subject, _ -> new ArrayDeque<>());
        if (looks.isEmpty()) {
            looks.add(first);
        }
        forget(looks, now.minus(WINDOW));
        return looks.getFirst();
    }

    /// Less that is final than before (a repair) makes what was seen until then worthless.
    public synchronized void remember(S subject, Look look) {
        Deque<Look> looks = bySubject.computeIfAbsent(subject, _ -> new ArrayDeque<>());
        if (!looks.isEmpty() && look.done() < looks.getLast().done()) {
            looks.clear();
        }
        if (looks.isEmpty() || !look.at().isBefore(looks.getLast().at().plus(APART))) {
            looks.addLast(look);
        }
    }

    /// What was seen before says nothing about what comes: the work stood still.
    public synchronized void restart(S subject, Look look) {
        Deque<Look> looks = bySubject.computeIfAbsent(subject, _ -> new ArrayDeque<>());
        looks.clear();
        looks.add(look);
    }

    private static void forget(Deque<Look> looks, Instant before) {
        while (looks.size() > 1 && isSecondOld(looks, before)) {
            looks.removeFirst();
        }
    }

    private static boolean isSecondOld(Deque<Look> looks, Instant before) {
        return !looks.stream().skip(1).findFirst().orElseThrow().at().isAfter(before);
    }
}
