package dev.rollcall.trigger.catalog;

import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.http.Limit;
import io.quarkus.panache.common.Sort;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/providers")
@RolesAllowed(Scope.OPERATOR)
@Tag(name = "Catalog")
public class ProvidersResource {
    private final Uploads uploads;
    private final Providers providers;

    ProvidersResource(Uploads uploads, Providers providers) {
        this.uploads = uploads;
        this.providers = providers;
    }

    @PUT
    @Consumes("text/csv")
    @Operation(
            summary = "Import providers from a CSV file",
            description =
                    "Columns: id, protocol, base_url, model, key_variable, concurrency, connect_timeout_ms, total_timeout_ms, active. All of the file is imported, or nothing; what the file does not name stays as it is.")
    public Imported put(InputStream file) {
        return providers.write(uploads.receive(file, new ProviderSheet()));
    }

    @GET
    @Operation(summary = "The providers, in the order of their ids")
    public Answer list(@QueryParam("limit") @DefaultValue("1000") Limit limit) {
        return new Answer(
                Provider.<Provider>findAll(Sort.by("id")).page(0, limit.value()).list());
    }

    public record Answer(List<Provider> providers) {}
}
