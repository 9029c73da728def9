package dev.rollcall.trigger.access;

import dev.rollcall.ledger.Ledger;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The ledger as a caller may see it: through the role `rollcall_api`, which PostgreSQL's row-level security shows
/// nothing but the rows of the organization that the transaction names.
@ApplicationScoped
public class TenantLedger {
    private static final String ALL = "*";

    private final Jdbi jdbi;
    private final SecurityIdentity identity;

    TenantLedger(@DataSource("api") AgroalDataSource dataSource, SecurityIdentity identity) {
        this.jdbi = Ledger.over(dataSource);
        this.identity = identity;
    }

    /// Who calls; only within a request that `@RolesAllowed` has let in.
    public Caller caller() {
        return Objects.requireNonNull(identity.<Caller>getAttribute(Caller.ATTRIBUTE), "nobody calls");
    }

    /// Reads as the present caller.
    public <T extends @Nullable Object, X extends Exception> T read(HandleCallback<T, X> reading) throws X {
        return read(caller(), reading);
    }

    /// Reads as this caller, for what outlives its request.
    public <T extends @Nullable Object, X extends Exception> T read(Caller caller, HandleCallback<T, X> reading)
            throws X {
        return jdbi.inTransaction(handle -> {
            see(handle, caller);
            return reading.withHandle(handle);
        });
    }

    /// As [#read], without an answer.
    public <X extends Exception> void use(Caller caller, HandleConsumer<X> reading) throws X {
        jdbi.useTransaction(handle -> {
            see(handle, caller);
            reading.useHandle(handle);
        });
    }

    private static void see(Handle handle, Caller caller) {
        handle.createQuery("select set_config('app.org', :organization, true)")
                .bind("organization", caller.organization() == null ? ALL : caller.organization())
                .mapTo(String.class)
                .one();
    }
}
