package dev.rollcall.trigger.dispatch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Keeps batches within the number of tasks they may have under way, over all their lanes.
final class Bounds {
    private Bounds() {}

    /// Deals each bounded batch's slots to its lanes, whoever waited longest first: to what is due again before what
    /// was never hinted, so that rows stay in their order.
    ///
    /// @return the sources with no more to hint than their batches have slots
    static List<Source> keep(List<Source> sources) {
        List<Source> kept = new ArrayList<>();
        sources.stream()
                .sorted(Turns.LONGEST_WAITING)
                .collect(groupingBy(Source::batch, LinkedHashMap::new, toList()))
                .values()
                .forEach(lanes -> keep(lanes, kept));
        return kept;
    }

    private static void keep(List<Source> lanes, List<Source> kept) {
        Integer slots = lanes.getFirst().slots();
        Integer freshSlots = lanes.getFirst().freshSlots();
        if (slots == null || freshSlots == null) {
            kept.addAll(lanes);
            return;
        }
        int left = Math.max(0, slots);
        int freshLeft = Math.max(0, freshSlots);
        for (Source lane : lanes) {
            int due = Math.min(left, lane.due());
            int fresh = Math.min(Math.min(left - due, freshLeft), lane.fresh());
            left -= due + fresh;
            freshLeft -= fresh;
            if (due + fresh > 0) {
                kept.add(lane.limited(fresh, due));
            }
        }
    }
}
