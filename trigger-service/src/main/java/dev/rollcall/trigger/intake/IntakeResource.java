package dev.rollcall.trigger.intake;

import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.access.UnknownOrganizationException;
import dev.rollcall.trigger.intake.Request.Organization;
import dev.rollcall.trigger.intake.Request.Sender;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

@Path("/api/batch")
@Tag(name = "Batches")
public class IntakeResource {
    private static final String CSV = "text/csv";
    private static final String KEY = "Idempotency-Key";
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,200}");
    private static final List<String> ONLY_ORGANIZATION = List.of(AskQuery.ORGANIZATION);

    private final TenantLedger ledger;
    private final Intake intake;
    private final IntakeConfig limits;

    IntakeResource(TenantLedger ledger, Intake intake, IntakeConfig limits) {
        this.ledger = ledger;
        this.intake = intake;
        this.limits = limits;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.WRITE)
    @RunOnVirtualThread
    @Operation(
            summary = "Run one prompt for each of many rows",
            description =
                    "JSON: prompt with {{column}} where a cell goes, providers, rows; and name, concurrency, maxRetries, priority, webhook. As text/csv the rows are the body and the rest are query parameters (provider repeatable); as multipart/form-data they are the parts request (JSON) and rows (text/csv). All of it is taken in, or nothing. The same request again under the same Idempotency-Key answers with the first batch.")
    @APIResponse(
            responseCode = "201",
            description = "Taken in",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(
            responseCode = "200",
            description = "Was taken in before, under this key",
            content = @Content(schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "400", description = "Something is wrong, as the detail says; with a row's line")
    @APIResponse(responseCode = "409", description = "The key was used for another request; or no signing secret")
    @APIResponse(responseCode = "413", description = "Too many bytes: of the body, or of a row")
    @APIResponse(responseCode = "422", description = "Too many rows or columns")
    @APIResponse(responseCode = "429", description = "Too many batches that are not final")
    public Response json(
            @QueryParam(AskQuery.ORGANIZATION) @Nullable String organization,
            HttpHeaders headers,
            UriInfo uri,
            InputStream body) {
        Sender sender = sender(headers.getRequestHeader(KEY), organization);
        new AskQuery(uri.getQueryParameters()).requireKnown(ONLY_ORGANIZATION);
        long max = limits.maxJson().asLongValue();
        try (Spool spool = new Spool(new Body(
                body,
                max,
                "the JSON is larger than %d bytes, which is rollcall.batch.max-json; send the rows as CSV"
                        .formatted(max),
                limits))) {
            Ask ask = AskJson.read(spool.readText(), true);
            Rows rows = AskJson.rows(spool.readText(), limits.maxColumns());
            return answer(intake.take(new Request(sender, ask), rows), uri);
        }
    }

    @POST
    @Consumes(CSV)
    @RolesAllowed(Scope.WRITE)
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response csv(
            @QueryParam(AskQuery.ORGANIZATION) @Nullable String organization,
            HttpHeaders headers,
            UriInfo uri,
            InputStream body) {
        Sender sender = sender(headers.getRequestHeader(KEY), organization);
        requireUtf8(headers.getMediaType());
        Ask ask = new AskQuery(uri.getQueryParameters()).read();
        return answer(intake.take(new Request(sender, ask), new CsvRows(whole(body), limits)), uri);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed(Scope.WRITE)
    @RunOnVirtualThread
    @Operation(hidden = true)
    public Response parts(
            @QueryParam(AskQuery.ORGANIZATION) @Nullable String organization,
            HttpHeaders headers,
            UriInfo uri,
            InputStream body) {
        Sender sender = sender(headers.getRequestHeader(KEY), organization);
        new AskQuery(uri.getQueryParameters()).requireKnown(ONLY_ORGANIZATION);
        String boundary = headers.getMediaType().getParameters().get("boundary");
        if (boundary == null) {
            throw Refusal.wrong("the Content-Type names no boundary");
        }
        Form form = new Form(new Parts(whole(body), boundary), limits);
        return answer(form.read((ask, rows) -> intake.take(new Request(sender, ask), rows)), uri);
    }

    private Sender sender(List<String> keys, @Nullable String named) {
        if (keys.size() > 1
                || !keys.stream().allMatch(key -> PRINTABLE.matcher(key).matches())) {
            throw Refusal.wrong("Idempotency-Key must be one, of 1 to 200 printable ASCII characters");
        }
        Caller caller = ledger.caller();
        String id = caller.organization(named);
        Organization organization = ledger.read(
                        caller, handle -> handle.createQuery("select id, name from organization where id = :id")
                                .bind("id", id)
                                .map(ConstructorMapper.of(Organization.class))
                                .findOne())
                .orElseThrow(() -> new UnknownOrganizationException(id));
        return new Sender(caller, organization, keys.isEmpty() ? null : keys.getFirst());
    }

    private static Response answer(Accepted accepted, UriInfo uri) {
        URI batch = uri.getAbsolutePathBuilder().path(accepted.batchId()).build();
        return accepted.again()
                ? Response.ok(accepted).location(batch).build()
                : Response.created(batch).entity(accepted).build();
    }

    private Body whole(InputStream body) {
        long max = limits.maxBody().asLongValue();
        return new Body(
                body,
                max,
                "the body is larger than %d bytes, which is rollcall.batch.max-body; send several batches"
                        .formatted(max),
                limits);
    }

    private static void requireUtf8(MediaType type) {
        String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !"utf-8".equalsIgnoreCase(charset)) {
            throw new NotSupportedException("rows are UTF-8, not " + charset);
        }
    }
}
