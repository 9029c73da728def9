package dev.rollcall.trigger.batch.rows;

import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.batch.BatchId;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Path("/api/batch/{id}/results")
@Tag(name = "Batches")
public class ResultsResource {
    private static final Logger LOG = Logger.getLogger(ResultsResource.class);

    private final TenantLedger ledger;
    private final Exports exports;

    ResultsResource(TenantLedger ledger, Exports exports) {
        this.ledger = ledger;
        this.exports = exports;
    }

    @GET
    @RolesAllowed(Scope.READ)
    @Operation(
            summary = "What a batch's rows came to, as one file",
            description = "Every final row of every provider at one moment, while the batch runs too. format is jsonl"
                    + " (the default) or csv; Accept may say the same.")
    @APIResponse(responseCode = "200", description = "JSON lines or CSV")
    @APIResponse(responseCode = "503", description = "Too many exports are under way")
    public Response get(
            BatchId id,
            @QueryParam("format") @Nullable String format,
            @Context HttpHeaders headers,
            @Context HttpServerRequest request) {
        Format wanted = Format.of(format, headers.getAcceptableMediaTypes());
        Caller caller = ledger.caller();
        ledger.read(caller, handle -> Frame.find(handle, id));
        StreamingOutput file = client -> {
            try {
                exports.write(caller, id, wanted, client);
            } catch (IOException | RuntimeException e) {
                if (!request.response().headWritten()) {
                    throw e;
                }
                LOG.errorf(e, "an export of batch %s broke off", id);
                breakOff(request);
            }
        };
        return Response.ok(file)
                .header(HttpHeaders.CONTENT_TYPE, wanted.contentType())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s\"".formatted(wanted.fileName("batch-" + id)))
                .build();
    }

    /// A file that is cut short must not look whole: whatever were written now, the error's words too,
    /// would end it as if it were. So the stream, or the connection where it has no streams, is ended
    /// beneath it, ahead of all else.
    private static void breakOff(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            ((ConnectionBase) request.connection()).channelHandlerContext().close();
        }
    }
}
