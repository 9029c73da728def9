package dev.rollcall.worker.lease;

import dev.rollcall.ledger.Ledger;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;

/// A heartbeat that waits for a connection nobody answers on any more would wait for longer than the lease lasts. So it
/// waits for a third of that: the connection breaks, the pool drops it, and the next beat takes another.
final class UrgentLedger {
    UrgentLedger() {}

    @Produces
    @Singleton
    @Urgent
    static Jdbi jdbi(AgroalDataSource dataSource, WorkerConfig config) {
        return over(dataSource, config.lease());
    }

    static Jdbi over(AgroalDataSource dataSource, Duration lease) {
        int millis = Math.toIntExact(lease.dividedBy(3).toMillis());
        return Ledger.over(dataSource).installPlugin(new Impatience(millis));
    }

    private record Impatience(int millis) implements JdbiPlugin {
        @Override
        public Handle customizeHandle(Handle handle) throws SQLException {
            Connection connection = handle.getConnection();
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, millis);
            // the pool would hand it on as it is
            handle.addCleanable(() -> connection.setNetworkTimeout(Runnable::run, usual));
            return handle;
        }
    }
}
