package dev.rollcall.trigger.batch.events;

import dev.rollcall.trigger.access.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the watchers of one batch on this replica share: one look at a time.
final class Feed {
    private final long batch;
    private final Caller caller;
    private final List<Long> lanes;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean news = true;
    private volatile Sight sight;
    private long lookedAt;

    /// @param caller who opened it, as whom it looks
    Feed(long batch, Caller caller, List<Long> lanes, Sight sight) {
        this.batch = batch;
        this.caller = caller;
        this.lanes = lanes;
        this.sight = sight;
        this.lookedAt = sight.takenAt();
    }

    long batch() {
        return batch;
    }

    Caller caller() {
        return caller;
    }

    List<Long> lanes() {
        return lanes;
    }

    Set<Watcher> watchers() {
        return watchers;
    }

    /// Something became of it, so the next look is due.
    void stir() {
        news = true;
    }

    boolean isDue(long now, Duration atLeastEvery) {
        return news || now - lookedAt >= atLeastEvery.toNanos();
    }

    /// To be said before the look: what happens from then on is news again.
    void looking(long now) {
        news = false;
        lookedAt = now;
    }

    void saw(Sight seen) {
        sight = seen;
    }

    void tell(long now, Duration heartbeat) {
        watchers.forEach(watcher -> watcher.show(sight, now, heartbeat));
    }
}
