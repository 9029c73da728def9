package dev.rollcall.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.Servers;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Heartbeats over a pool of one connection.
class UrgentLedgerTest {
    private static final Duration LEASE = Duration.ofMillis(1500);
    private static final int USUAL_SECONDS = 4;

    private final Jdbi owner = Jdbi.create(Backends.adminDataSource());
    private AgroalDataSource pool;
    private Workers workers;

    @BeforeEach
    void begin() throws SQLException {
        Servers servers = Backends.shared();
        pool = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(one -> one.maxSize(1)
                        .acquisitionTimeout(Duration.ofSeconds(5))
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(servers.jdbcUrl())
                                .principal(new NamePrincipal("rollcall_worker"))
                                .credential(new SimplePassword(servers.password()))
                                .jdbcProperty("currentSchema", "rollcall")
                                .jdbcProperty("socketTimeout", String.valueOf(USUAL_SECONDS)))));
        workers = new Workers(UrgentLedger.over(pool, LEASE));
    }

    @AfterEach
    void end() {
        pool.close();
    }

    @Test
    void aBeatWithoutAnAnswerIsGivenUpWhileThereIsTimeForAnotherOne() {
        long worker = workers.register("w", "p", LEASE);
        owner.useTransaction(tx -> {
            tx.execute("select from worker where id = ? for update", worker);
            long asked = System.nanoTime();
            assertThatExceptionOfType(JdbiException.class)
                    .isThrownBy(() -> workers.renew(worker, LEASE))
                    .matches(Ledger::isPassing);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(LEASE);
        });
        assertThat(workers.renew(worker, LEASE)).isTrue();
    }

    @Test
    void whoeverGetsTheConnectionNextHasTheUsualPatience() throws SQLException {
        workers.register("w", "p", LEASE);
        try (Connection next = pool.getConnection()) {
            assertThat(next.getNetworkTimeout()).isEqualTo(USUAL_SECONDS * 1000);
        }
    }
}
