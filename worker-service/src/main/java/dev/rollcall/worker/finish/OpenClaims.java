package dev.rollcall.worker.finish;

import dev.rollcall.worker.claim.Claimed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The claims this worker knows of, each with how many of its tasks are still to be finished and announced.
@ApplicationScoped
public class OpenClaims {
    private final Map<Long, Integer> open = new HashMap<>();
    private final Set<Long> done = new HashSet<>();

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

    /// The claims whose side rows have served. They stay known until they are [forgotten][#forgotten].
    synchronized List<Long> done() {
        return List.copyOf(done);
    }

    /// Their side rows are gone.
    synchronized void forgotten(Collection<Long> claims) {
        done.removeAll(claims);
    }

    public synchronized Set<Long> known() {
        Set<Long> known = new HashSet<>(open.keySet());
        known.addAll(done);
        return known;
    }
}
