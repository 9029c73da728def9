package dev.rollcall.trigger.intake;

import java.util.HashMap;
import java.util.Map;

/// Where rows are written: so many at one time, and at most half of them one organization's, so that its slow senders
/// keep nobody else waiting.
final class Places {
    private final int each;
    private final Map<String, Integer> taken = new HashMap<>();
    private int free;

    Places(int all) {
        this.free = all;
        this.each = Math.max(1, all / 2);
    }

    /// Waits for a place, holding nothing.
    synchronized void take(String organization) throws InterruptedException {
        while (free == 0 || taken.getOrDefault(organization, 0) >= each) {
            wait();
        }
        free--;
        taken.merge(organization, 1, Integer::sum);
    }

    synchronized void giveBack(String organization) {
        free++;
        taken.computeIfPresent(organization, (_, places) -> places == 1 ? null : places - 1);
        notifyAll();
    }
}
