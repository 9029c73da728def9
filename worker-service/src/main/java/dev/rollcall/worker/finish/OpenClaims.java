package dev.rollcall.worker.finish;

import dev.rollcall.worker.claim.Claimed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The claims this worker knows of, each with how many of its tasks are still to be finished and announced.
@ApplicationScoped
public class OpenClaims {
    private final Map<Long, Integer> open = new HashMap<>();
    private final List<Long> done = new ArrayList<>();

    public synchronized void opened(Collection<Claimed> claimed) {
        claimed.forEach(task -> open.merge(task.claim(), 1, Integer::sum));
    }

    /// One more task of the claim is finished, and announced if that was due.
    synchronized void settled(Claimed task) {
        open.computeIfPresent(task.claim(), (claim, left) -> {
            if (left > 1) {
                return left - 1;
            }
            done.add(claim);
            return null;
        });
    }

    /// The claims whose side rows have served; each is told once.
    synchronized List<Long> takeDone() {
        List<Long> taken = List.copyOf(done);
        done.clear();
        return taken;
    }

    /// They could not be forgotten yet.
    synchronized void putBack(List<Long> claims) {
        done.addAll(claims);
    }

    public synchronized Set<Long> known() {
        Set<Long> known = new java.util.HashSet<>(open.keySet());
        known.addAll(done);
        return known;
    }
}
