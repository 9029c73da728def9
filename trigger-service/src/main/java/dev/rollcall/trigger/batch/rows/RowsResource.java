package dev.rollcall.trigger.batch.rows;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.ledger.TaskState;
import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.batch.BatchId;
import dev.rollcall.trigger.http.Limit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/batch/{id}/rows")
@Tag(name = "Batches")
public class RowsResource {
    private final TenantLedger ledger;

    RowsResource(TenantLedger ledger) {
        this.ledger = ledger;
    }

    @GET
    @RolesAllowed(Scope.READ)
    @Operation(summary = "A batch's rows, one entry a row and provider, in the order of the rows")
    public Page list(
            BatchId id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("provider") @Nullable String provider,
            @QueryParam("limit") @DefaultValue("100") Limit limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Rows.Filter filter = new Rows.Filter(state(state), provider, Position.read(cursor), limit.value() + 1);
        List<RowStatus> found = ledger.read(handle -> Rows.page(handle, Frame.find(handle, id), filter));
        List<RowStatus> items = found.subList(0, Math.min(found.size(), limit.value()));
        return new Page(
                items, found.size() > items.size() ? items.getLast().position().toString() : null);
    }

    /// @param next the `cursor` of the next page; absent on the last one
    public record Page(
            List<RowStatus> items,
            @JsonInclude(NON_NULL) @Nullable String next) {}

    private static @Nullable TaskState state(@Nullable String given) {
        if (given == null) {
            return null;
        }
        return Arrays.stream(TaskState.values())
                .filter(state -> state.code().equals(given))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("state must be one of "
                        + Arrays.stream(TaskState.values()).map(TaskState::code).collect(Collectors.joining(", "))));
    }
}
