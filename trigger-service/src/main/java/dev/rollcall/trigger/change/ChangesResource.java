package dev.rollcall.trigger.change;

import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.batch.BatchId;
import dev.rollcall.trigger.batch.BatchStatus;
import dev.rollcall.trigger.batch.BatchStatuses;
import dev.rollcall.trigger.change.Verdict.Refused;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/batch")
@Tag(name = "Batches")
@RolesAllowed(Scope.OPERATE)
public class ChangesResource {
    private final TenantLedger ledger;
    private final Changes changes;
    private final BatchStatuses statuses;

    ChangesResource(TenantLedger ledger, Changes changes, BatchStatuses statuses) {
        this.ledger = ledger;
        this.statuses = statuses;
        this.changes = changes;
    }

    /// The body of a change.
    ///
    /// @param action see [Action]
    public record Change(@Nullable String action) {}

    @PATCH
    @Path("/{id}")
    @Operation(
            summary = "Cancel, pause, resume a batch, or try again what failed of it",
            description = "action is cancel, pause, resume or retry-failed. What is so already is not changed.")
    @APIResponse(responseCode = "200", description = "The batch as it stands now")
    @APIResponse(responseCode = "409", description = "The batch is in no state for this")
    public BatchStatus change(BatchId id, @Nullable Change change) throws InterruptedException {
        return apply(id, Action.of(change == null ? null : change.action()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Cancel a batch",
            description = "Answers with a receipt, after two seconds at most: stillRunning are calls not yet aborted.")
    public BatchStatus cancel(BatchId id) throws InterruptedException {
        return apply(id, Action.CANCEL);
    }

    private BatchStatus apply(BatchId id, Action action) throws InterruptedException {
        status(id);
        long batch = id.value();
        if (changes.apply(ledger.caller(), action, batch) instanceof Refused(String why)) {
            throw new ClientErrorException("batch %d: %s".formatted(batch, why), Status.CONFLICT);
        }
        if (action == Action.CANCEL) {
            changes.awaitAborted(batch);
        }
        return status(id);
    }

    private BatchStatus status(BatchId id) {
        return ledger.read(handle -> statuses.find(handle, id.value())).orElseThrow(id::unknown);
    }
}
