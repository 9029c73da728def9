package dev.rollcall.worker.handler;

import org.jspecify.annotations.Nullable;

/// Where a run says how far it is. Saying it is cheap and waits for nobody; what is said often is written down once a
/// second, the latest word only.
public interface Progress {
    /// For runs nobody watches.
    Progress NOBODY = (percent, note) -> {};

    /// @param percent kept between 0 and 100
    /// @param note for people; null when there is nothing to say
    void report(int percent, @Nullable String note);
}
