package dev.rollcall.message;

import java.util.List;
import java.util.Objects;

/// "Something became of this batch, or of these of its tasks." Only news: the ledger has it written down before.
///
/// @param batch the batch's id
/// @param tasks the tasks that are meant; empty for the whole batch
public record BatchNews(What what, long batch, List<Long> tasks) implements Event {
    public static final String TYPE = "dev.rollcall.batch.news.v1";

    public BatchNews {
        Objects.requireNonNull(what);
        tasks = List.copyOf(tasks);
    }

    /// Of a whole batch.
    public BatchNews(What what, long batch) {
        this(what, batch, List.of());
    }

    /// What became of it.
    public enum What {
        /// Accepted, or grown by jobs.
        OPENED,
        PAUSED,
        /// Goes on after a pause or a cancellation.
        RESUMED,
        /// Workers abort what they run of it.
        CANCELLED,
        /// What had failed is due again.
        RETRIED,
        CLOSED
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return "batch:" + batch;
    }
}
