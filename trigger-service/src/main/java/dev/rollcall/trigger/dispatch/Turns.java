package dev.rollcall.trigger.dispatch;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/// Who goes next, of one provider's lanes: the higher priority first; within a priority the organizations take turns,
/// one task each, whoever waited longest first; within an organization the lane that waited longest first.
final class Turns {
    static final Comparator<Source> LONGEST_WAITING =
            comparing(Source::dispatchedAt, nullsFirst(naturalOrder())).thenComparingLong(Source::lane);

    private Turns() {}

    /// Deals `room` turns.
    ///
    /// @return the source of each turn in order; as long as room, or as what is waiting if that is less
    static List<Source> deal(List<Source> sources, int room) {
        List<Source> turns = new ArrayList<>();
        sources.stream()
                .collect(groupingBy(
                        Source::priority, () -> new TreeMap<>(Comparator.reverseOrder()), toCollection(ArrayList::new)))
                .values()
                .forEach(equals -> dealEquals(equals, room, turns));
        return turns;
    }

    private static void dealEquals(List<Source> sources, int room, List<Source> turns) {
        Collection<ArrayDeque<Queued>> queues = sources.stream()
                .sorted(LONGEST_WAITING)
                .map(Queued::new)
                .collect(groupingBy(
                        queued -> queued.source.organization(), LinkedHashMap::new, toCollection(ArrayDeque::new)))
                .values();
        while (!queues.isEmpty() && turns.size() < room) {
            Iterator<ArrayDeque<Queued>> round = queues.iterator();
            while (round.hasNext() && turns.size() < room) {
                ArrayDeque<Queued> queue = round.next();
                Queued head = queue.element();
                turns.add(head.source);
                if (--head.left == 0) {
                    queue.remove();
                }
                if (queue.isEmpty()) {
                    round.remove();
                }
            }
        }
    }

    private static final class Queued {
        private final Source source;
        private int left;

        private Queued(Source source) {
            this.source = source;
            this.left = source.waiting();
        }
    }
}
