package dev.rollcall.trigger.history;

import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.http.Limit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/history")
@RolesAllowed(Scope.OPERATOR)
@Tag(name = "History")
public class HistoryResource {
    private static final List<String> FUNCTIONS = List.of("trigger", "reconciler", "postcheck");

    private final HistoryEntries entries;

    HistoryResource(HistoryEntries entries) {
        this.entries = entries;
    }

    @GET
    @Operation(summary = "What trigger, reconciler and postcheck did, newest first")
    public Answer list(
            @QueryParam("function") @Nullable String function, @QueryParam("limit") @DefaultValue("100") Limit limit) {
        if (function == null) {
            return new Answer(entries.newest(limit.value()));
        }
        if (!FUNCTIONS.contains(function)) {
            throw new BadRequestException("function must be one of " + String.join(", ", FUNCTIONS));
        }
        return new Answer(entries.newest(function, limit.value()));
    }

    public record Answer(List<HistoryEntry> entries) {}
}
