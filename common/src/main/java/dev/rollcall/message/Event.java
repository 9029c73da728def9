package dev.rollcall.message;

/// What is written to a topic. Each kind has one CloudEvents type, which carries its version; a reader ignores fields
/// it does not know.
public sealed interface Event permits TaskHint, TasksEnded, RunNews, BatchNews, CoverageJudged {
    /// The CloudEvents type, such as `dev.rollcall.task.hint.v1`.
    String type();

    /// What keeps records of one thing in order: the record's key.
    String key();
}
