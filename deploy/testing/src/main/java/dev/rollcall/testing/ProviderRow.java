package dev.rollcall.testing;

import java.time.Duration;

/// A provider in the ledger; each method changes it at once.
public record ProviderRow(Sql sql, String id) {

    /// Calls at one time, over all workers.
    public ProviderRow concurrency(int calls) {
        sql.execute("update provider set concurrency = ? where id = ?", calls, id);
        return this;
    }

    public ProviderRow speaks(String protocol) {
        sql.execute("update provider set protocol = ? where id = ?", protocol, id);
        return this;
    }

    public ProviderRow at(String baseUrl) {
        sql.execute("update provider set base_url = ? where id = ?", baseUrl, id);
        return this;
    }

    public ProviderRow timeout(Duration total) {
        sql.execute("update provider set total_timeout_ms = ? where id = ?", Math.toIntExact(total.toMillis()), id);
        return this;
    }

    public ProviderRow inactive() {
        sql.execute("update provider set active = false where id = ?", id);
        return this;
    }
}
