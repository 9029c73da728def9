package dev.rollcall.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The trigger-service's interface. Every call may end in an [ApiFailure].
public record TriggerApi(Api api) {

    private static final int CREATED = 201;

    /// @param opened false if the day was open already
    public record Opened(boolean opened, RunStatus run) {}

    private record Runs(List<RunStatus> runs) {}

    private record Entries(List<HistoryEntry> entries) {}

    /// An entry of the history.
    ///
    /// @param result whatever the function tells about what it did
    public record HistoryEntry(long id, String function, String runKey, String status, JsonNode result) {}

    public Opened open(boolean force) {
        var answer = api.post("/api/runs?force=" + force, RunStatus.class);
        return new Opened(answer.status() == CREATED, answer.body());
    }

    /// @param run a number or a key
    public RunStatus run(String run) {
        return api.get("/api/runs/" + Api.encode(run), RunStatus.class).body();
    }

    /// The run that was opened last, without its organizations.
    public RunStatus newest() {
        return api.get("/api/runs?limit=1", Runs.class).body().runs().getFirst();
    }

    /// @param what `organizations`, `prompts` or `providers`
    public ImportCounts put(String what, byte[] csv) {
        return api.put("/api/" + what, "text/csv", csv, ImportCounts.class).body();
    }

    /// The newest entries of one function, newest first.
    public List<HistoryEntry> history(String function, int limit) {
        return api.get("/api/history?function=%s&limit=%d".formatted(Api.encode(function), limit), Entries.class)
                .body()
                .entries();
    }
}
