package dev.rollcall.trigger.batch.events;

import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.batch.BatchId;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

@Path("/api/batch/{id}/events")
@Tag(name = "Batches")
public class EventsResource {
    private final TenantLedger ledger;
    private final Feeds feeds;

    EventsResource(TenantLedger ledger, Feeds feeds) {
        this.ledger = ledger;
        this.feeds = feeds;
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @RolesAllowed(Scope.READ)
    @Operation(
            summary = "A batch's progress as it goes",
            description = "Server-sent events: `progress` with the batch's status when it changed, at most four a"
                    + " second; `end` when it is final, and then the stream closes. Give the last `id` as"
                    + " Last-Event-ID and what it stood for is not repeated.")
    public Multi<OutboundSseEvent> watch(BatchId id, @HeaderParam("Last-Event-ID") @Nullable String known) {
        return feeds.watch(ledger.caller(), id, known);
    }
}
