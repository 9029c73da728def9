package dev.rollcall.message;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/// "These tasks may be run": all of one day and one provider. A hint is no order: the claim in the ledger decides.
///
/// @param day the partition of the ledger the tasks are in
/// @param provider the provider's id
/// @param tasks task ids, at least one
public record TaskHint(LocalDate day, String provider, List<Long> tasks) implements Event {
    public static final String TYPE = "dev.rollcall.task.hint.v1";

    public TaskHint {
        Objects.requireNonNull(day);
        if (tasks.isEmpty() || provider.isBlank()) {
            throw new IllegalArgumentException("a hint names a provider and at least one task");
        }
        tasks = List.copyOf(tasks);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /// Spreads hints over the partitions, so that every worker sees its part of them.
    @Override
    public String key() {
        return Long.toString(tasks.getFirst());
    }
}
