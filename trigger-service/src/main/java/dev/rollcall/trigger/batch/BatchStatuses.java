package dev.rollcall.trigger.batch;

import dev.rollcall.trigger.batch.Batches.Filter;
import dev.rollcall.trigger.pace.Look;
import dev.rollcall.trigger.pace.Looks;
import dev.rollcall.trigger.pace.Pace;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How far batches of rows are: what the ledger counts, how fast the counts move, and when they will be full. A replica
/// that never looked at a batch takes the average since its first claim.
@Singleton
public class BatchStatuses {
    private static final int LANES_REMEMBERED = 4096;
    private static final int DECIMALS = 3;

    private final Looks<Opened> looks = new Looks<>(LANES_REMEMBERED);

    /// A ledger that was set up anew counts its lanes from 1 again, so the number alone is not enough.
    private record Opened(long lane, Instant at) {}

    /// The batch of rows with this id, as far as the handle's role may see it.
    public Optional<BatchStatus> find(Handle handle, long id) {
        return all(handle, List.of(id)).stream().findFirst();
    }

    /// Those of these batches that there are.
    public List<BatchStatus> all(Handle handle, Collection<Long> ids) {
        return Batches.all(handle, ids).stream()
                .map(batch -> status(handle, batch))
                .toList();
    }

    List<BatchStatus> newest(Handle handle, Filter filter) {
        return Batches.newest(handle, filter).stream()
                .map(batch -> status(handle, batch))
                .toList();
    }

    private BatchStatus status(Handle handle, BatchView batch) {
        if (batch.closedAt() != null) {
            Pace life = Pace.between(
                    batch.openedAt(), 0, batch.closedAt(), batch.counts().ended());
            return BatchStatus.of(batch, life.perSecond(), null);
        }
        Map<Long, Instant> firsts = firstClaims(handle, batch);
        List<Forecast.Lane> lanes = batch.lanes().stream()
                .map(lane -> look(batch, lane, firsts.getOrDefault(lane.id(), batch.now())))
                .toList();
        Eta eta = batch.isUnderway() ? Forecast.of(batch.now(), lanes).orElse(null) : null;
        return BatchStatus.of(batch, rate(lanes), eta);
    }

    private Map<Long, Instant> firstClaims(Handle handle, BatchView batch) {
        List<Long> unknown = batch.lanes().stream()
                .filter(lane -> lane.counts().ended() > 0 && !looks.knows(new Opened(lane.id(), batch.openedAt())))
                .map(LaneView::id)
                .toList();
        return unknown.isEmpty() ? Map.of() : Batches.firstClaims(handle, batch.day(), unknown);
    }

    private Forecast.Lane look(BatchView batch, LaneView lane, Instant first) {
        Opened key = new Opened(lane.id(), batch.openedAt());
        Look now = new Look(batch.now(), lane.counts().ended());
        if (!batch.isUnderway() || lane.queuePaused() || lane.next() == 0) {
            looks.restart(key, now);
        }
        Look before = looks.before(key, batch.now(), Look.opening(first));
        looks.remember(key, now);
        return new Forecast.Lane(
                lane.counts().remaining(),
                Math.max(0, now.done() - before.done()),
                Duration.between(before.at(), now.at()),
                lane.queuePaused(),
                lane.until());
    }

    private static @Nullable BigDecimal rate(List<Forecast.Lane> lanes) {
        return lanes.stream().allMatch(lane -> lane.over().compareTo(Forecast.LEAST) < 0)
                ? null
                : BigDecimal.valueOf(lanes.stream()
                                .filter(Forecast.Lane::moves)
                                .mapToDouble(Forecast.Lane::perSecond)
                                .sum())
                        .setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
