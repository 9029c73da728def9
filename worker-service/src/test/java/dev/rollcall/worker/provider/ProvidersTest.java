package dev.rollcall.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.Servers;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    private static final Duration AGES = Duration.ofHours(1);

    private final Jdbi owner = Ledger.over(Backends.shared().ownerDataSource());
    private final Jdbi worker = Ledger.over(Backends.shared().dataSource("rollcall_worker"));

    @BeforeEach
    @AfterEach
    void forget() {
        owner.useHandle(handle -> handle.execute("delete from provider where id like 'providers-test%'"));
    }

    private void write(String id, String url, String model) {
        owner.useHandle(handle -> handle.execute("""
                        insert into provider (id, protocol, base_url, model, total_timeout_ms)
                        values (?, 'anthropic', ?, ?, 1500)
                        on conflict (id) do update set base_url = excluded.base_url, model = excluded.model
                        """, id, url, model));
    }

    @Test
    void a_row_is_read_whole() {
        write("providers-test", "https://example.com/v1", "m-1");
        assertThat(new Providers(worker, AGES).find("providers-test"))
                .isEqualTo(new Provider(
                        "providers-test",
                        Protocol.ANTHROPIC,
                        URI.create("https://example.com/v1"),
                        "m-1",
                        null,
                        8,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(1500)));
    }

    @Test
    void edits_are_noticed() {
        write("providers-test", "https://example.com/v1", "m-1");
        Providers providers = new Providers(worker, Duration.ofMillis(20));
        assertThat(providers.find("providers-test").model()).isEqualTo("m-1");
        write("providers-test", "https://example.com/v1", "m-2");
        await().until(() -> providers.find("providers-test").model().equals("m-2"));
    }

    @Test
    void what_is_known_is_not_read_again_and_again() {
        write("providers-test", "https://example.com/v1", "m-1");
        Providers providers = new Providers(worker, AGES);
        Provider first = providers.find("providers-test");
        write("providers-test", "https://example.com/v1", "m-2");
        assertThat(providers.find("providers-test")).isSameAs(first);
    }

    @Test
    void a_provider_is_unknown_only_after_a_fresh_look() {
        write("providers-test", "https://example.com/v1", "m-1");
        Providers providers = new Providers(worker, AGES);
        providers.find("providers-test");
        assertThatExceptionOfType(UnknownProvider.class)
                .isThrownBy(() -> providers.find("providers-test-new"))
                .withMessageContaining("providers-test-new is not in the table");
        write("providers-test-new", "https://example.com/v1", "m-1");
        assertThat(providers.find("providers-test-new").id()).isEqualTo("providers-test-new");
    }

    @Test
    void a_row_that_makes_no_sense_harms_no_other() {
        write("providers-test", "https://example.com/v1", "m-1");
        write("providers-test-bad", "https://sk-secret@example.com/v1", "m-1");
        Providers providers = new Providers(worker, AGES);
        assertThat(providers.find("providers-test").id()).isEqualTo("providers-test");
        assertThatExceptionOfType(UnknownProvider.class)
                .isThrownBy(() -> providers.find("providers-test-bad"))
                .withMessageContaining("base_url")
                .withMessageNotContaining("sk-secret");
    }

    @Test
    void while_the_ledger_is_away_what_is_known_goes_on() {
        write("providers-test", "https://example.com/v1", "m-1");
        Switch ledger = new Switch(Backends.shared());
        Providers providers = new Providers(Jdbi.create(ledger), Duration.ofNanos(1));
        Provider known = providers.find("providers-test");
        ledger.away.set(true);
        assertThat(providers.find("providers-test")).isEqualTo(known);
        // but absence is never concluded from what is old
        assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> providers.find("providers-test-new"));
    }

    /// The ledger as the worker sees it, which can be cut off.
    private record Switch(Servers servers, AtomicBoolean away) implements ConnectionFactory {
        Switch(Servers servers) {
            this(servers, new AtomicBoolean());
        }

        @Override
        public java.sql.Connection openConnection() throws SQLException {
            if (away.get()) {
                throw new SQLTransientConnectionException("the ledger is away");
            }
            return servers.dataSource("rollcall_worker").getConnection();
        }
    }
}
