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

@Path("/api/prompts")
@RolesAllowed(Scope.OPERATOR)
@Tag(name = "Catalog")
public class PromptsResource {
    private final Uploads uploads;
    private final Prompts prompts;

    PromptsResource(Uploads uploads, Prompts prompts) {
        this.uploads = uploads;
        this.prompts = prompts;
    }

    @PUT
    @Consumes("text/csv")
    @Operation(
            summary = "Import prompts from a CSV file",
            description =
                    "Columns: organization, id, text, active. All of the file is imported, or nothing; what the file does not name stays as it is.")
    public Imported put(InputStream file) {
        return prompts.write(uploads.receive(file, new PromptSheet()));
    }

    @GET
    @Operation(summary = "The prompts, in the order of their ids")
    public Answer list(@QueryParam("limit") @DefaultValue("1000") Limit limit) {
        return new Answer(Prompt.<Prompt>findAll(Sort.by("organization", "id"))
                .page(0, limit.value())
                .list());
    }

    public record Answer(List<Prompt> prompts) {}
}
