package dev.rollcall.bench.peer;

import java.util.Map;
import java.util.TreeMap;

/// Somebody else who runs tasks, with what its documentation advises for throughput.
public enum Peer {
    GRAPHILE_WORKER("graphile-worker", "0.18.0", "run()"),
    DB_SCHEDULER(
            "db-scheduler",
            "16.12.0",
            "lock-and-fetch, 0.5 and 1.0 executions a thread; virtual threads; HikariCP, 20"),
    PG_BOSS("pg-boss", "12.35.0", "burstWhenBatchFull; no supervision, no schedules; a pool of 10"),
    JOBRUNR("jobrunr", "8.7.0", "virtual threads; HikariCP, 20"),
    BULLMQ("bullmq", "6.7.0", "Redis without persistence; appendonly when results are kept");

    private final String title;
    private final String version;
    private final String always;

    Peer(String title, String version, String always) {
        this.title = title;
        this.version = version;
        this.always = always;
    }

    public String title() {
        return title;
    }

    public String version() {
        return version;
    }

    /// What its program is told with each question, beyond what it does by itself.
    ///
    /// @param concurrency tasks that have to run at one time, at least
    Map<String, Integer> settings(int concurrency) {
        return switch (this) {
            case GRAPHILE_WORKER -> {
                int jobs = Math.max(24, concurrency);
                yield Map.of(
                        "concurrentJobs", jobs,
                        "localQueueSize", Math.max(500, jobs + 100),
                        "refetchDelayMillis", 10,
                        // more connections than cores can use only cost
                        "maxPoolSize", 26,
                        "completeJobBatchDelay", 0,
                        "failJobBatchDelay", 0);
            }
            case DB_SCHEDULER -> Map.of("threads", Math.max(200, concurrency), "pollingMillis", 200);
            case PG_BOSS ->
                Map.of(
                        "batchSize", Math.max(500, Math.ceilDiv(concurrency, 4)),
                        "localConcurrency", 4,
                        "pollingMillis", 500);
            // five seconds is the least it takes; it goes on at once while there is something
            case JOBRUNR -> Map.of("workers", Math.max(200, concurrency), "pollingSeconds", 5);
            case BULLMQ -> Map.of("concurrency", Math.max(200, concurrency));
        };
    }

    /// The same where a job is to start soon: a queue of one's own trades that for throughput.
    Map<String, Integer> settingsForLatency() {
        var settings = new TreeMap<>(settings(1));
        settings.remove("localQueueSize");
        settings.remove("refetchDelayMillis");
        return settings;
    }

    /// For people.
    public String told(Map<String, Integer> settings) {
        return always + "; " + new TreeMap<>(settings);
    }

    boolean isJava() {
        return this == DB_SCHEDULER || this == JOBRUNR;
    }
}
