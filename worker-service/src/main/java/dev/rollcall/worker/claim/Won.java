package dev.rollcall.worker.claim;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.worker.handler.Work;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jspecify.annotations.Nullable;

/// A task as the claim answers it. What all tasks of a lane have in common, which may be a long template, comes with
/// one of them only.
///
/// @param lane with one task of each lane
public record Won(
        long task,
        int attempt,
        int spared,
        @Nullable List<String> cells,
        @Nullable String body,
        long claim,
        Instant claimedAt,
        @Nested @Nullable Lane lane) {

    /// What a lane's tasks have in common.
    public record Lane(
            @PropagateNull String queue,
            long batch,
            Work.Kind kind,
            String organization,
            @Nullable String template,
            @Nullable List<String> columns,
            int maxAttempts) {}

    /// All that was claimed at one time.
    static List<Claimed> claimed(List<Won> all, long worker, LocalDate day) {
        Map<Long, Lane> lanes = new HashMap<>();
        for (Won won : all) {
            if (won.lane() != null) {
                lanes.put(TaskId.laneOf(won.task()), won.lane());
            }
        }
        return all.stream()
                .map(won -> won.claimed(worker, day, Objects.requireNonNull(lanes.get(TaskId.laneOf(won.task())))))
                .toList();
    }

    private Claimed claimed(long worker, LocalDate day, Lane its) {
        Work work = new Work(
                task,
                day,
                attempt,
                its.queue(),
                its.batch(),
                its.kind(),
                its.organization(),
                its.template(),
                its.columns(),
                cells,
                body);
        return new Claimed(work, worker, claim, spared, its.maxAttempts(), claimedAt);
    }
}
