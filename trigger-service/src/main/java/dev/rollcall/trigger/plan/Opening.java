package dev.rollcall.trigger.plan;

/// What came of the wish to open a day.
public sealed interface Opening {
    /// The run was opened by this call.
    record Opened(long run, String key) implements Opening {}

    /// Another call, or an earlier one, had opened the day.
    record AlreadyOpen(long run, String key) implements Opening {}

    /// There is nothing to expect of this day, and so no run.
    ///
    /// @param why what is missing, in words
    record NothingToRun(String why) implements Opening {}
}
