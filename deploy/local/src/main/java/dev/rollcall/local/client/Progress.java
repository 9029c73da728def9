package dev.rollcall.local.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How far a run or one organization's part of it is.
public interface Progress {
    String status();

    int total();

    int completed();

    int failed();

    int cancelled();

    int remaining();

    double percent();

    @Nullable
    Instant lastHeartbeat();
}
