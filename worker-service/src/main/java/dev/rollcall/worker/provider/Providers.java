package dev.rollcall.worker.provider;

import dev.rollcall.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The table `provider`, read again every few seconds so that edits take effect without a restart. Inactive providers
/// are known too: what was planned before they were switched off is still due.
@Singleton
public class Providers {
    private static final Logger LOG = Logger.getLogger(Providers.class);

    private final Jdbi jdbi;
    private final long refreshNanos;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Snapshot snapshot;

    @Inject
    Providers(Jdbi jdbi, ProviderConfig config) {
        this(jdbi, config.refresh());
    }

    Providers(Jdbi jdbi, Duration refresh) {
        this.jdbi = jdbi;
        this.refreshNanos = refresh.toNanos();
    }

    /// Costs a look into a map; every few seconds one caller reads the table while the others go on with what is
    /// known.
    ///
    /// @throws UnknownProvider when a look into the table, made now, does not show it either
    /// @throws JdbiException when the table was never read and cannot be now
    public Provider find(String id) {
        long asked = System.nanoTime();
        Entry entry = recent(asked).entries().get(id);
        if (entry == null) {
            // a task fails for good on this, so what was read before the question is no proof
            entry = readSince(asked).entries().get(id);
        }
        return switch (entry) {
            case null ->
                throw new UnknownProvider("provider %s is not in the table provider: import it again".formatted(id));
            case Nonsense nonsense ->
                throw new UnknownProvider("provider %s cannot be used: %s".formatted(id, nonsense.why()));
            case Usable usable -> usable.provider();
        };
    }

    private Snapshot recent(long asked) {
        Snapshot known = snapshot;
        if (known == null) {
            return readSince(asked);
        }
        if (asked - known.triedAt() < refreshNanos || !reading.tryLock()) {
            return known;
        }
        try {
            return read();
        } catch (JdbiException e) {
            if (!Ledger.isPassing(e)) {
                throw e;
            }
            LOG.warnf("providers could not be read again, going on with what is known: %s", e.getMessage());
            return snapshot = new Snapshot(known.entries(), known.readAt(), asked);
        } finally {
            reading.unlock();
        }
    }

    private Snapshot readSince(long asked) {
        reading.lock();
        try {
            Snapshot known = snapshot;
            return known != null && known.readAt() - asked > 0 ? known : read();
        } finally {
            reading.unlock();
        }
    }

    private Snapshot read() {
        long now = System.nanoTime();
        Map<String, Entry> entries = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select id, protocol, base_url, model, key_variable, concurrency, connect_timeout_ms, total_timeout_ms
                        from provider
                        """)
                .map((row, context) -> entries.put(row.getString("id"), entry(row)))
                .list());
        return snapshot = new Snapshot(entries, now, now);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        try {
            return new Usable(new Provider(
                    row.getString("id"),
                    Protocol.of(row.getString("protocol")),
                    address(row.getString("base_url")),
                    row.getString("model"),
                    row.getString("key_variable"),
                    row.getInt("concurrency"),
                    Duration.ofMillis(row.getInt("connect_timeout_ms")),
                    Duration.ofMillis(row.getInt("total_timeout_ms"))));
        } catch (IllegalArgumentException nonsense) {
            // one bad row must not take the others with it
            return new Nonsense(String.valueOf(nonsense.getMessage()));
        }
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // the text is not repeated: a key may be in it
            throw new IllegalArgumentException("base_url is not an address: " + e.getReason(), e);
        }
    }

    private sealed interface Entry {}

    private record Usable(Provider provider) implements Entry {}

    private record Nonsense(String why) implements Entry {}

    /// @param readAt before the reading began, on the clock of [System#nanoTime]
    /// @param triedAt as `readAt`, but moved by a reading that failed too
    private record Snapshot(Map<String, Entry> entries, long readAt, long triedAt) {}
}
