package dev.rollcall.worker.claim;

import static java.util.Objects.requireNonNull;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.worker.handler.Work;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task as the claim answers it. What all tasks of a lane have in common, which may be a long template, comes with
/// one of them only.
///
/// @param lane with one task of each lane
record Won(
        long task,
        int attempt,
        int spared,
        @Nullable List<String> cells,
        @Nullable String body,
        long claim,
        Instant claimedAt,
        @Nullable Lane lane) {

    /// What a lane's tasks have in common.
    record Lane(
            String queue,
            long batch,
            Work.Kind kind,
            String organization,
            @Nullable String template,
            @Nullable List<String> columns,
            int maxAttempts) {

        private static @Nullable Lane of(ResultSet row) throws SQLException {
            String queue = row.getString("queue");
            return queue == null
                    ? null
                    : new Lane(
                            queue,
                            row.getLong("batch"),
                            Work.Kind.valueOf(
                                    requireNonNull(row.getString("kind")).toUpperCase(Locale.ROOT)),
                            requireNonNull(row.getString("organization")),
                            row.getString("template"),
                            texts(row, "columns"),
                            row.getInt("max_attempts"));
        }
    }

    /// By hand: there are many of them, and few columns.
    static Won of(ResultSet row) throws SQLException {
        return new Won(
                row.getLong("task"),
                row.getInt("attempt"),
                row.getInt("spared"),
                texts(row, "cells"),
                row.getString("body"),
                row.getLong("claim"),
                requireNonNull(row.getObject("claimed_at", OffsetDateTime.class))
                        .toInstant(),
                Lane.of(row));
    }

    private static @Nullable List<String> texts(ResultSet row, String column) throws SQLException {
        Array texts = row.getArray(column);
        return texts == null ? null : Arrays.asList((String[]) texts.getArray());
    }

    /// All that was claimed at one time.
    static List<Claimed> claimed(List<Won> all, long worker, LocalDate day) {
        Map<Long, Lane> lanes = new HashMap<>();
        for (Won won : all) {
            if (won.lane() != null) {
                lanes.put(TaskId.laneOf(won.task()), won.lane());
            }
        }
        return all.stream()
                .map(won -> won.claimed(worker, day, requireNonNull(lanes.get(TaskId.laneOf(won.task())))))
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
