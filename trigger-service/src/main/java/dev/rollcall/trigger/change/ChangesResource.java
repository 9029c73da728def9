package dev.rollcall.trigger.change;

import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.change.Verdict.Refused;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
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

    ChangesResource(TenantLedger ledger, Changes changes) {
        this.ledger = ledger;
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
    public ChangedBatch change(String id, @Nullable Change change) throws InterruptedException {
        return apply(id, Action.of(change == null ? null : change.action()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Cancel a batch",
            description = "Answers with a receipt, after two seconds at most: stillRunning are calls not yet aborted.")
    public ChangedBatch cancel(String id) throws InterruptedException {
        return apply(id, Action.CANCEL);
    }

    private ChangedBatch apply(String id, Action action) throws InterruptedException {
        long batch = Long.parseLong(status(id).batchId());
        if (changes.apply(ledger.caller(), action, batch) instanceof Refused(String why)) {
            throw new ClientErrorException("batch %s: %s".formatted(id, why), Status.CONFLICT);
        }
        if (action == Action.CANCEL) {
            changes.awaitAborted(batch);
        }
        return status(id);
    }

    /// The one place that says how a batch is answered with.
    private ChangedBatch status(String id) {
        Optional<ChangedBatch> found = id.matches("[0-9]{1,18}")
                ? ledger.read(reading -> ChangedBatches.find(reading, Long.parseLong(id)))
                : Optional.empty();
        return found.orElseThrow(() -> new NotFoundException("no batch \"%s\"".formatted(id)));
    }
}
