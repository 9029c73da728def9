package dev.rollcall.trigger.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.ledger.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A batch or a job that is final, and who is to be told.
///
/// @param id the hook's
/// @param task null when it is the whole batch
/// @param name the batch's, if it has one
/// @param state the job's; null of a batch
/// @param cancelled whether the batch was
/// @param stopped the batch's tasks that were cancelled
public record Completion(
        long id,
        String organization,
        String url,
        long batch,
        @Nullable Long task,
        @Nullable String name,
        @Nullable String state,
        @Nullable String reason,
        @Nullable Integer attempt,
        boolean cancelled,
        long planned,
        @Nullable Long succeeded,
        @Nullable Long failed,
        @Nullable Long stopped) {

    /// The payload of the job that tells it.
    ObjectNode payload(Instant now) {
        ObjectNode payload = JobJson.object().put("url", url);
        ObjectNode body = payload.putObject("body");
        body.put("type", task == null ? "batch." + batchEnd() : "job." + jobEnd())
                .put("timestamp", now.toString());
        ObjectNode data = body.putObject("data").put("organization", organization);
        if (task == null) {
            batch(data);
        } else {
            data.put("jobId", task.toString()).put("attempts", attempt);
            if (reason != null) {
                data.put("reason", reason);
            }
        }
        return payload;
    }

    private void batch(ObjectNode data) {
        data.put("batchId", Long.toString(batch));
        if (name != null) {
            data.put("name", name);
        }
        data.putObject("counts")
                .put("tasks", planned)
                .put("succeeded", count(succeeded))
                .put("failed", count(failed))
                .put("cancelled", count(stopped));
    }

    private String batchEnd() {
        if (cancelled) {
            return JobStatus.CANCELLED.code();
        }
        return planned > 0 && count(failed) == planned ? JobStatus.FAILED.code() : JobStatus.COMPLETED.code();
    }

    private String jobEnd() {
        return state == null ? "" : JobStatus.of(TaskState.of(state)).code();
    }

    private static long count(@Nullable Long sum) {
        return sum == null ? 0 : sum;
    }
}
