package dev.rollcall.message;

/// The topics' names. They are declared, with partitions and retention, in `deploy/topics.properties`.
public final class Topics {
    /// Hints that a task may be run, for the workers of the pool that makes prompt calls.
    public static final String TASKS = "rollcall.tasks.prompts";
    /// How tasks ended.
    public static final String RESULTS = "rollcall.results";
    /// What became of runs and batches: opened, cancelled, repair asked, closed.
    public static final String RUNS = "rollcall.runs";
    /// The postcheck's verdicts.
    public static final String COVERAGE = "rollcall.coverage";
    /// Records nobody could read, with the reason.
    public static final String DEAD = "rollcall.dead";

    private Topics() {}
}
