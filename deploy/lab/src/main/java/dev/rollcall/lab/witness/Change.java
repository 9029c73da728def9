package dev.rollcall.lab.witness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A change of a task's state, written down by the database in the transaction that made it.
public record Change(
        long task,
        String from,
        String to,
        int attempt,
        @Nullable Long worker,
        String by,
        Instant at) {}
