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

/// The ledger as a caller may see it. An organization's caller reads through the role `rollcall_api`, which
/// PostgreSQL's row-level security shows nothing but the rows of the organization that the transaction names; that
/// role has no way to see all of them. An operator reads as the service itself, and writes nothing here.
@ApplicationScoped
public class TenantLedger {
    private final Jdbi tenants;
    private final Jdbi everything;
    private final SecurityIdentity identity;

    TenantLedger(@DataSource("api") AgroalDataSource tenants, Jdbi everything, SecurityIdentity identity) {
        this.tenants = Ledger.over(tenants);
        this.everything = everything;
        this.identity = identity;
    }

    /// Who calls; only within a request that `@RolesAllowed` has let in.
    public Caller caller() {
        return Objects.requireNonNull(identity.<Caller>getAttribute(Caller.ATTRIBUTE), "nobody calls");
    }

    /// The organization that the present call is for, as [Caller#organization] tells it.
    ///
    /// @throws UnknownOrganizationException (404) when an operator names one that there is not
    public String organization(@Nullable String named) {
        String meant = caller().organization(named);
        boolean known = read(handle -> handle.createQuery("select true from organization where id = :id")
                .bind("id", meant)
                .mapTo(Boolean.class)
                .findOne()
                .isPresent());
        if (!known) {
            throw new UnknownOrganizationException(meant);
        }
        return meant;
    }

    /// Reads as the present caller.
    public <T extends @Nullable Object, X extends Exception> T read(HandleCallback<T, X> reading) throws X {
        return read(caller(), reading);
    }

    /// Reads as this caller, for what outlives its request.
    public <T extends @Nullable Object, X extends Exception> T read(Caller caller, HandleCallback<T, X> reading)
            throws X {
        return view(caller).inTransaction(handle -> {
            see(handle, caller);
            return reading.withHandle(handle);
        });
    }

    /// As [#read], without an answer, and on a connection of its own even within another reading.
    public <X extends Exception> void use(Caller caller, HandleConsumer<X> reading) throws X {
        // jdbi would give the handle that this thread holds already
        try (Handle own = view(caller).open()) {
            own.useTransaction(handle -> {
                see(handle, caller);
                reading.useHandle(handle);
            });
        }
    }

    private Jdbi view(Caller caller) {
        return caller.organization() == null ? everything : tenants;
    }

    private static void see(Handle handle, Caller caller) {
        if (caller.organization() == null) {
            handle.execute("set transaction read only");
            return;
        }
        handle.createQuery("select set_config('app.org', :organization, true)")
                .bind("organization", caller.organization())
                .mapTo(String.class)
                .one();
    }
}
