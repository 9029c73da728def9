package dev.rollcall.local.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The trigger-service's interface to typed jobs. Every call may end in an [ApiFailure].
public record JobApi(Api api) {

    private static final String ALL = "/api/jobs";

    private record Accepted(String jobId) {}

    private record Started(@Nullable List<String> started) {}

    private record Change(String action, Filter filter) {}

    /// Which jobs; what is null does not matter.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Filter(@Nullable String status, @Nullable String type) {}

    /// What a change of many has done, or would do.
    ///
    /// @param sample some of the jobs
    /// @param more says so when there are more than one call changes
    public record Changed(
            long matched,
            long changed,
            @Nullable List<String> sample,
            @Nullable String more) {}

    /// @param organization whose job it is; null for the key's own
    /// @return the job's id
    public String submit(JobOrder order, @Nullable String organization) {
        String path = new Query(ALL).with("organization", organization).toString();
        return api.json("POST", path, order, Accepted.class).body().jobId();
    }

    public Page<Job> list(Filter filter, int most) {
        var query = new Query(ALL).with("status", filter.status()).with("type", filter.type());
        return Page.upTo(most, pieces -> api.page(query.and(pieces), Job.class));
    }

    public Job show(String id) {
        return api.get(path(id), Job.class).body();
    }

    /// @param action `cancel` or `retry`
    public Job change(String id, String action) {
        return api.post(path(id) + "/" + action, Job.class).body();
    }

    /// @param action `cancel` or `retry`
    /// @param organization whose jobs; null for the key's own
    /// @param dryRun only counts
    public Changed changeAll(String action, Filter filter, @Nullable String organization, boolean dryRun) {
        var path = new Query(ALL + "/bulk").with("organization", organization).with("dryRun", dryRun ? true : null);
        return api.json("POST", path.toString(), new Change(action, filter), Changed.class)
                .body();
    }

    /// Starts waiting jobs now, whatever their queue is told.
    ///
    /// @param organization whose jobs; null for the key's own
    /// @return the ids of those that were started
    public List<String> process(List<String> types, int limit, @Nullable String organization) {
        var wanted = Map.of("jobTypes", types, "limit", limit);
        String path =
                new Query(ALL + "/process").with("organization", organization).toString();
        var answer = api.json("POST", path, wanted, Started.class).body();
        return answer.started() == null ? List.of() : answer.started();
    }

    /// @throws IllegalArgumentException if the text is no JSON object
    public static JsonNode payload(String text) {
        try {
            var payload = Api.JSON.readTree(text);
            if (payload == null || !payload.isObject()) {
                throw new IllegalArgumentException("a payload is a JSON object, such as {\"url\":\"http://...\"}");
            }
            return payload;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the payload is no JSON: " + ApiFailure.reason(e), e);
        }
    }

    private static String path(String id) {
        return ALL + "/" + Api.encode(id);
    }
}
