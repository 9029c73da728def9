package dev.rollcall.lab.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.witness.Journal;
import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.BatchOrder;
import dev.rollcall.local.client.JobApi;
import dev.rollcall.local.client.JobOrder;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.system.Service;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Orders of work, each written down in the journal.
public final class Work {

    private final Laboratory lab;
    private final Journal journal;

    public Work(Laboratory lab, Journal journal) {
        this.lab = lab;
        this.journal = journal;
    }

    /// The usual mixture: a night, a batch of each organization, and some jobs.
    ///
    /// @param rows of each batch, each on all providers
    /// @param jobs of each organization
    public void mixture(int rows, int jobs) {
        night();
        for (String organization : Tenants.NAMES) {
            rows(organization, rows, null, Tenants.PROVIDERS.toArray(String[]::new));
            jobs(organization, jobs, "gemini");
        }
    }

    /// One more run of today.
    ///
    /// @return its key
    public Optional<String> night() {
        return open(trigger(0), "?force=true");
    }

    /// Opens a run.
    ///
    /// @param query such as `?day=2026-11-21`
    /// @return the run's key
    public Optional<String> open(String trigger, String query) {
        return journal.call(
                        "run.open",
                        query,
                        () -> lab.api(trigger).post("/api/runs" + query, RunStatus.class),
                        answer -> "%d %s %d"
                                .formatted(
                                        answer.status(),
                                        answer.body().key(),
                                        answer.body().total()))
                .map(answer -> answer.body().key());
    }

    public Optional<String> rows(String organization, int rows, @Nullable String key, String... providers) {
        return rows(trigger(0), organization, "", rows, key, providers);
    }

    /// A batch of rows.
    ///
    /// @param more of the prompt, such as a marker for the simulator
    /// @param key of idempotency
    /// @return the batch's id
    public Optional<String> rows(
            String trigger, String organization, String more, int rows, @Nullable String key, String... providers) {
        String canary = lab.tenants().canary(organization);
        var order = new BatchOrder(
                "%s writes of {{title}} %s".formatted(canary, more).strip(),
                List.of(providers),
                null,
                canary,
                null,
                null,
                null,
                null,
                key);
        return journal.call(
                        "batch.submit",
                        key == null ? organization : organization + "#" + key,
                        () -> batches(organization, trigger).submit(order, BodyPublishers.ofString(csv(rows))),
                        answer -> answer.batchId() + " " + answer.tasks())
                .map(BatchApi.Accepted::batchId);
    }

    /// Another batch under a key that is taken: it must be refused.
    public void otherRows(String trigger, String organization, int rows, String key) {
        var order =
                new BatchOrder("something else: {{title}}", List.of("openai"), null, null, null, null, null, null, key);
        journal.call(
                "batch.other",
                organization + "#" + key,
                () -> batches(organization, trigger).submit(order, BodyPublishers.ofString(csv(rows))),
                BatchApi.Accepted::batchId);
    }

    /// So many jobs of one prompt each.
    ///
    /// @return their ids, of those that were accepted
    public List<String> jobs(String organization, int count, String provider) {
        return IntStream.range(0, count)
                .mapToObj(n -> job(trigger(0), organization, provider, "job " + n))
                .flatMap(Optional::stream)
                .toList();
    }

    public Optional<String> job(String trigger, String organization, String provider, String text) {
        JsonNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("provider", provider)
                .put("prompt", lab.tenants().canary(organization) + " " + text);
        var order = new JobOrder("prompt", payload, null, null, null, null, null);
        var jobs = new JobApi(lab.tenants().api(organization, trigger));
        return journal.call("job.submit", organization, () -> jobs.submit(order, null), id -> id);
    }

    /// Changes a batch.
    ///
    /// @param action `cancel`, `resume`, ...
    public void changeBatch(String organization, String id, String action) {
        journal.call(
                "batch." + action,
                id,
                () -> batches(organization, trigger(0)).change(id, action),
                status -> status.status());
    }

    /// Changes a job.
    ///
    /// @param action `cancel` or `retry`
    public void changeJob(String trigger, String organization, String id, String action) {
        var jobs = new JobApi(lab.tenants().api(organization, trigger));
        journal.call("job." + action, id, () -> jobs.change(id, action), job -> job.status());
    }

    /// Has waiting jobs started now.
    public void processJobs(String trigger, String organization, int most) {
        var jobs = new JobApi(lab.tenants().api(organization, trigger));
        journal.call("job.process", organization, () -> jobs.process(List.of("prompt"), most, null), String::valueOf);
    }

    public BatchApi batches(String organization, String trigger) {
        return new BatchApi(lab.tenants().api(organization, trigger));
    }

    /// The triggers' names, the first one first.
    public String trigger(int number) {
        var names = lab.names(Service.TRIGGER);
        return names.get(number % names.size());
    }

    private static String csv(int rows) {
        return IntStream.range(0, rows)
                .mapToObj("topic %d\n"::formatted)
                .collect(Collectors.joining("", "title\n", ""));
    }
}
