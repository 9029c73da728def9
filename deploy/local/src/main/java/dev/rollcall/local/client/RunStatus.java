package dev.rollcall.local.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the trigger-service tells about a run.
public record RunStatus(
        long id,
        String key,
        String day,
        String zone,
        String status,
        Instant openedAt,
        @Nullable Instant closedAt,
        int total,
        int pending,
        int processing,
        int completed,
        int failed,
        int cancelled,
        int remaining,
        double percent,
        @Nullable Instant lastHeartbeat,
        @Nullable Instant eta,
        @Nullable Double tasksPerSecond,
        @Nullable List<OrganizationStatus> organizations)
        implements Progress {

    public List<OrganizationStatus> organizationsOrNone() {
        return organizations == null ? List.of() : organizations;
    }

    /// Nothing of it is waiting or running any more.
    public boolean isOver() {
        return remaining == 0;
    }
}
