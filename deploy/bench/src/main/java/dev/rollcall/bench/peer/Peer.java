package dev.rollcall.bench.peer;

import java.util.Map;

/// Somebody else who runs tasks.
public enum Peer {
    GRAPHILE_WORKER(
            "graphile-worker",
            "0.18.0",
            Map.of(
                    "mode", "run()",
                    "localQueue.size", "500",
                    "completeJobBatchDelay, failJobBatchDelay", "0",
                    "concurrentJobs", "24, more where more tasks have to run at one time")),
    DB_SCHEDULER(
            "db-scheduler",
            "16.12.0",
            Map.of(
                    "polling", "lock-and-fetch, 0.5 and 1.0 executions per thread",
                    "executor", "virtual threads",
                    "threads", "200",
                    "pool", "HikariCP, 20")),
    PG_BOSS(
            "pg-boss",
            "12.35.0",
            Map.of("batchSize", "500", "localConcurrency", "4", "burstWhenBatchFull", "true", "supervise", "false")),
    JOBRUNR("jobrunr", "8.7.0", Map.of("workers", "200 virtual threads", "poll interval", "5 s, the least it takes")),
    BULLMQ(
            "bullmq",
            "6.7.0",
            Map.of("concurrency", "200", "redis", "no persistence; appendonly when results are kept"));

    private final String title;
    private final String version;
    private final Map<String, String> settings;

    Peer(String title, String version, Map<String, String> settings) {
        this.title = title;
        this.version = version;
        this.settings = settings;
    }

    public String title() {
        return title;
    }

    public String version() {
        return version;
    }

    /// What it is told, beyond what it does by itself.
    public Map<String, String> settings() {
        return settings;
    }

    boolean isJava() {
        return this == DB_SCHEDULER || this == JOBRUNR;
    }
}
