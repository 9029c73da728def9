package dev.rollcall.local.client;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The trigger-service's interface to batches of rows. Every call may end in an [ApiFailure].
public record BatchApi(Api api) {

    private static final String ALL = "/api/batch";

    /// @param rows what the file held, header not counted
    /// @param tasks rows x providers
    public record Accepted(String batchId, long rows, long tasks) {}

    /// How results are written.
    public enum Format {
        CSV("csv", "text/csv"),
        JSONL("jsonl", "application/jsonl");

        private final String name;
        private final String contentType;

        Format(String name, String contentType) {
            this.name = name;
            this.contentType = contentType;
        }
    }

    /// @param csv the rows, with a header; read once and never held as a whole
    public Accepted submit(BatchOrder order, BodyPublisher csv) {
        var form = Form.of(order, csv);
        Map<String, String> headers = new HashMap<>(Map.of("content-type", form.contentType()));
        if (order.idempotencyKey() != null) {
            headers.put("idempotency-key", order.idempotencyKey());
        }
        String path = new Query(ALL).with("organization", order.organization()).toString();
        return api.upload(path, headers, form.body(), Accepted.class).body();
    }

    public Page<BatchStatus> list(@Nullable String status, int most) {
        var query = new Query(ALL).with("status", status);
        return Page.upTo(most, pieces -> api.page(query.and(pieces), BatchStatus.class));
    }

    public BatchStatus show(String id) {
        return api.get(path(id), BatchStatus.class).body();
    }

    /// @param state `pending`, `running`, `succeeded`, `failed` or `cancelled`; null for all rows
    public Page<BatchRow> rows(String id, @Nullable String state, @Nullable String provider, int most) {
        var query = new Query(path(id) + "/rows").with("state", state).with("provider", provider);
        return Page.upTo(most, pieces -> api.page(query.and(pieces), BatchRow.class));
    }

    /// Hands over the results while they come.
    public void results(String id, Format format, Api.Reader reader) throws IOException {
        api.download(path(id) + "/results?format=" + format.name, format.contentType, reader);
    }

    /// @param action `cancel`, `resume`, `pause` or `retry-failed`
    /// @return the batch as it is then
    public BatchStatus change(String id, String action) {
        return api.json("PATCH", path(id), Map.of("action", action), BatchStatus.class)
                .body();
    }

    private static String path(String id) {
        return ALL + "/" + Api.encode(id);
    }
}
