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

@Path("/api/organizations")
@RolesAllowed(Scope.OPERATOR)
@Tag(name = "Catalog")
public class OrganizationsResource {
    private final Uploads uploads;
    private final Organizations organizations;

    OrganizationsResource(Uploads uploads, Organizations organizations) {
        this.uploads = uploads;
        this.organizations = organizations;
    }

    @PUT
    @Consumes("text/csv")
    @Operation(
            summary = "Import organizations from a CSV file",
            description =
                    "Columns: id, name, active. All of the file is imported, or nothing; what the file does not name stays as it is.")
    public Imported put(InputStream file) {
        return organizations.write(uploads.receive(file, new OrganizationSheet()));
    }

    @GET
    @Operation(summary = "The organizations, in the order of their ids")
    public Answer list(@QueryParam("limit") @DefaultValue("1000") Limit limit) {
        return new Answer(Organization.<Organization>findAll(Sort.by("id"))
                .page(0, limit.value())
                .list());
    }

    public record Answer(List<Organization> organizations) {}
}
