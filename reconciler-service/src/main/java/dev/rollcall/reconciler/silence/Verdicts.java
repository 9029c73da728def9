package dev.rollcall.reconciler.silence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What silence means. Pure: facts and the database's time in, a verdict out.
final class Verdicts {
    private Verdicts() {}

    /// An incarnation as the ledger knows it.
    ///
    /// @param lease how long a renewal lasts
    public record Sighting(long worker, Instant seenAt, Instant leaseUntil) {
        Duration lease() {
            return Duration.between(seenAt, leaseUntil);
        }
    }

    /// A lane whose cursor moved on while tasks behind it were not claimed.
    ///
    /// @param grows whether there may always be new tasks, as of jobs
    /// @param unclaimed tasks that were hinted and are neither claimed, nor final, nor waiting to be hinted again
    /// @param running tasks of the lane's provider that are claimed, over all lanes
    /// @param concurrency calls the provider allows at one time
    /// @param dispatchedAt when the lane had its last turn
    /// @param claimedAt the last sign of life of the lane's work, null when there was none
    public record Stillness(
            long lane,
            boolean grows,
            long unclaimed,
            long running,
            int concurrency,
            Instant dispatchedAt,
            @Nullable Instant claimedAt) {}

    /// Silent is an incarnation whose lease has run out. One that ran out while PostgreSQL was down proves nothing: it
    /// counts anew from the server's start.
    static boolean isSilent(Sighting sighting, Instant serverStart, Instant now) {
        Instant afterStart = serverStart.plus(sighting.lease());
        Instant end = sighting.leaseUntil().isAfter(afterStart) ? sighting.leaseUntil() : afterStart;
        return now.isAfter(end);
    }

    /// How long the silent are given to renew their lease: half of it. A beat that meets a dead connection takes a
    /// third, and the next one may follow. The server's start does not tell of every absence: not of recovery
    /// from a crash, of a failover, or of a machine that stood still.
    static Duration respite(Collection<Sighting> silent) {
        return silent.stream()
                .map(sighting -> sighting.lease().dividedBy(2))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /// Lost are hints that nobody claims although there are permits for them, for longer than `lostAfter`. While all
    /// permits are in use, hints wait rightly.
    static boolean isLost(Stillness lane, Duration lostAfter, Instant now) {
        Instant moved = lane.claimedAt() != null && lane.claimedAt().isAfter(lane.dispatchedAt())
                ? lane.claimedAt()
                : lane.dispatchedAt();
        return lane.unclaimed() > 0
                && lane.running() < lane.concurrency()
                && Duration.between(moved, now).compareTo(lostAfter) > 0;
    }

    /// Whether single hints may be lost although the lane moves. One that does not grow comes to rest in the end, and
    /// then [#isLost] finds them.
    static boolean mayHaveLost(Stillness lane) {
        return lane.grows() && lane.running() < lane.concurrency();
    }
}
