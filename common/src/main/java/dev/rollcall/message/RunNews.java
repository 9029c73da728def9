package dev.rollcall.message;

import java.util.Objects;

/// "Something became of this run."
///
/// @param run the run's id
/// @param runKey such as `daily:2026-11-21`
public record RunNews(What what, long run, String runKey) implements Event {
    public static final String TYPE = "dev.rollcall.run.news.v1";

    public RunNews {
        Objects.requireNonNull(what);
        Objects.requireNonNull(runKey);
    }

    /// What became of it.
    public enum What {
        OPENED,
        REPAIR_ASKED,
        REPAIRED,
        CLOSED
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return runKey;
    }
}
