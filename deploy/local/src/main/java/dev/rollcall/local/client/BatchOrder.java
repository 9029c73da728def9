package dev.rollcall.local.client;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be done with the rows of a batch. What is null is left to the service.
///
/// @param prompt with `{{column}}` where a row's cell goes
/// @param organization whose batch it is; null for the key's own
/// @param concurrency tasks at one time, at most
/// @param webhook told when the batch is final
/// @param idempotencyKey the same order under the same key is taken once
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchOrder(
        String prompt,
        List<String> providers,
        @JsonIgnore @Nullable String organization,
        @Nullable String name,
        @Nullable Integer concurrency,
        @Nullable Integer maxRetries,
        @Nullable Integer priority,
        @Nullable String webhook,
        @JsonIgnore @Nullable String idempotencyKey) {

    public BatchOrder {
        providers = List.copyOf(providers);
    }

    /// A plain order.
    public static BatchOrder of(String organization, String prompt, String... providers) {
        return new BatchOrder(prompt, List.of(providers), organization, null, null, null, null, null, null);
    }

    public BatchOrder withConcurrency(int tasks) {
        return new BatchOrder(
                prompt, providers, organization, name, tasks, maxRetries, priority, webhook, idempotencyKey);
    }

    public BatchOrder withWebhook(String url) {
        return new BatchOrder(
                prompt, providers, organization, name, concurrency, maxRetries, priority, url, idempotencyKey);
    }
}
