package dev.rollcall.local.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One organization's part of a run.
public record OrganizationStatus(
        String id,
        String name,
        String status,
        int total,
        int pending,
        int processing,
        int completed,
        int failed,
        int cancelled,
        int remaining,
        double percent,
        @Nullable Instant lastHeartbeat,
        @Nullable Instant eta)
        implements Progress {}
