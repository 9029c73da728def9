package dev.rollcall.trigger.batch;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.batch.Batches.Filter;
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

/// How far batches of rows are.
@Path("/api/batch")
@Tag(name = "Batches")
public class BatchResource {
    private final TenantLedger ledger;
    private final BatchStatuses statuses;

    BatchResource(TenantLedger ledger, BatchStatuses statuses) {
        this.ledger = ledger;
        this.statuses = statuses;
    }

    @GET
    @RolesAllowed(Scope.READ)
    @Operation(
            summary = "Batches, the newest first",
            description = "since and until bound when they were accepted; operators see all, or one ?organization=")
    public Page list(
            @QueryParam("status") @Nullable State status,
            @QueryParam("since") @Nullable String since,
            @QueryParam("until") @Nullable String until,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("limit") @DefaultValue("20") Limit limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Filter filter = new Filter(
                seen(organization),
                status,
                Moment.read("since", since),
                Moment.read("until", until),
                before(cursor),
                limit.value() + 1);
        List<BatchStatus> found = ledger.read(handle -> statuses.newest(handle, filter));
        List<BatchStatus> items = found.subList(0, Math.min(found.size(), limit.value()));
        return new Page(items, found.size() > items.size() ? items.getLast().batchId() : null);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.READ)
    @Operation(summary = "How far a batch is")
    public BatchStatus get(BatchId id) {
        return ledger.read(handle -> statuses.find(handle, id.value())).orElseThrow(id::unknown);
    }

    /// @param next the `cursor` of the next page; absent on the last one
    public record Page(
            List<BatchStatus> items,
            @JsonInclude(NON_NULL) @Nullable String next) {}

    /// Whom a list is bounded to beyond what the caller's role shows: an operator may name one.
    private @Nullable String seen(@Nullable String named) {
        boolean all = ledger.caller().organization() == null && (named == null || named.isBlank());
        return all ? null : ledger.caller().organization(named);
    }

    private static @Nullable Long before(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new BadRequestException("cursor must be the \"next\" of the page before");
        }
        return Long.valueOf(cursor);
    }
}
