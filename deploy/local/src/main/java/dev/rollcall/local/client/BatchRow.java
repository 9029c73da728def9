package dev.rollcall.local.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a batch on one provider.
public record BatchRow(
        long row,
        String provider,
        String state,
        @Nullable String reason,
        @Nullable String detail,
        int attempts,
        @Nullable Map<String, String> cells) {}
