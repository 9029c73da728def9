package dev.rollcall.postcheck.census;

import dev.rollcall.postcheck.coverage.Standing;
import dev.rollcall.postcheck.coverage.TaskCounts;
import java.util.List;
import java.util.function.ToLongFunction;

/// How a batch stands.
///
/// @param expected frozen prompts
/// @param planned frozen prompts x lanes
/// @param missing prompts that are not covered
/// @param open the first of those prompts, by their number in the batch
public record BatchRow(
        long batch,
        String organization,
        String organizationName,
        long expected,
        long planned,
        long pending,
        long running,
        long succeeded,
        long failed,
        long cancelled,
        long missing,
        List<Integer> open) {

    Standing standing() {
        return new Standing(organization, organizationName, expected, missing);
    }

    static TaskCounts tasks(List<BatchRow> batches) {
        long planned = sum(batches, BatchRow::planned);
        long pending = sum(batches, BatchRow::pending);
        long running = sum(batches, BatchRow::running);
        long succeeded = sum(batches, BatchRow::succeeded);
        long failed = sum(batches, BatchRow::failed);
        long cancelled = sum(batches, BatchRow::cancelled);
        long absent = planned - pending - running - succeeded - failed - cancelled;
        return new TaskCounts(planned, pending, running, succeeded, failed, cancelled, absent);
    }

    private static long sum(List<BatchRow> batches, ToLongFunction<BatchRow> count) {
        return batches.stream().mapToLong(count).sum();
    }
}
