package dev.rollcall.local.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The trigger-service's interface to queues. Every call may end in an [ApiFailure].
public record QueueApi(Api api) {

    private static final String ALL = "/api/queues";

    /// How a queue is, and what an operator has said of it.
    public record Queue(
            String name,
            String type,
            @Nullable String pool,
            int concurrency,
            @Nullable Instant pausedAt,
            @Nullable Integer perTick,
            @Nullable Long tickMs,
            @Nullable Long delayMs,
            long waiting,
            long running,
            @Nullable Double oldestWaitingSeconds,
            @Nullable Double perMinute,
            @Nullable Double averageMillis,
            @Nullable Double p95Millis) {}

    /// What is to be said of a queue. A rate or a delay that is null is lifted, a concurrency that is null stays.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Setting(
            @Nullable Integer perTick,
            @Nullable Long tickMs,
            @Nullable Long delayMs,
            @Nullable Integer concurrency) {

        public boolean saysNothing() {
            return perTick == null && tickMs == null && delayMs == null && concurrency == null;
        }
    }

    public List<Queue> list() {
        return api.page(ALL, Queue.class).itemsOrNone();
    }

    /// @param action `pause` or `resume`
    public void change(String name, String action) {
        api.send("POST", path(name) + "/" + action);
    }

    public void set(String name, Setting setting) {
        api.json("PATCH", path(name), setting, JsonNode.class);
    }

    private static String path(String name) {
        return ALL + "/" + Api.encode(name);
    }
}
