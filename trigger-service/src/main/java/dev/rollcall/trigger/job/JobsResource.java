package dev.rollcall.trigger.job;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.http.Limit;
import dev.rollcall.trigger.job.Submissions.Submitted;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/jobs")
@Tag(name = "Jobs")
public class JobsResource {
    /// A body may say its payload in more bytes than are kept: spaces, escapes.
    private static final int ROOM = 4;

    private final TenantLedger ledger;
    private final Submissions submissions;
    private final JobTypes types;
    private final JobConfig config;
    private final InstantSource clock;

    JobsResource(TenantLedger ledger, Submissions submissions, JobTypes types, JobConfig config, InstantSource clock) {
        this.ledger = ledger;
        this.submissions = submissions;
        this.types = types;
        this.config = config;
        this.clock = clock;
    }

    /// @param jobId the job that was made of the request
    public record Accepted(String jobId) {}

    @POST
    @RolesAllowed(Scope.WRITE)
    @Consumes(APPLICATION_JSON)
    @Operation(summary = "Submit a job", description = """
                    type is http (payload url, method, headers, body), prompt (provider, prompt) or sleep (millis, fail, bytes). \
                    Beside it: priority -100 to 100, maxRetries 0 to 20, notBefore, webhook, and idempotencyKey (or the \
                    header Idempotency-Key): the same request again gets the first job again.""")
    @APIResponse(responseCode = "201", description = "Accepted")
    @APIResponse(responseCode = "200", description = "Was accepted before, under the same idempotency key")
    @APIResponse(
            responseCode = "409",
            description = "The key was given to another request, or there is no signing secret")
    @APIResponse(responseCode = "413", description = "The payload is too large")
    @APIResponse(responseCode = "429", description = "Too many requests, or a day's lane of such jobs is full")
    public Response submit(
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @QueryParam("organization") @Nullable String organization,
            InputStream body,
            UriInfo uri) {
        String whose = ledger.caller().organization(organization);
        int most = Math.toIntExact(config.maxPayload().asLongValue() * ROOM);
        JobRequest request = JobRequest.of(JobJson.read(body, most), key, clock.instant());
        Submitted submitted = submissions.submit(whose, request);
        Accepted answer = new Accepted(Long.toString(submitted.job()));
        return submitted.isNew()
                ? Response.created(uri.getAbsolutePathBuilder()
                                .path(answer.jobId())
                                .build())
                        .entity(answer)
                        .build()
                : Response.ok(answer).build();
    }

    /// @param next the cursor of the next page, if there is one
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<Job> items, @Nullable String next) {}

    @GET
    @RolesAllowed(Scope.READ)
    @Operation(summary = "The newest jobs, without payload and output")
    public Page list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("type") @Nullable String type,
            @QueryParam("limit") @DefaultValue("50") Limit limit,
            @QueryParam("cursor") @Nullable String cursor) {
        String state = status == null ? null : JobStatus.of(status).state().code();
        String known = type == null ? null : types.known(type);
        List<JobRow> rows = ledger.read(reading -> {
            JobRow before = cursor == null
                    ? null
                    : JobIds.find(reading, cursor)
                            .orElseThrow(() -> new BadRequestException("cursor must be the next of a page before"));
            return JobRows.newest(reading, state, known, before, limit.value() + 1);
        });
        boolean more = rows.size() > limit.value();
        List<Job> items =
                rows.stream().limit(limit.value()).map(JobRow::answered).toList();
        return new Page(items, more ? items.getLast().jobId() : null);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Scope.READ)
    @Operation(summary = "How a job is")
    public Job get(String id) {
        return ledger.read(reading -> JobIds.find(reading, id))
                .orElseThrow(() -> JobIds.unknown(id))
                .answered();
    }
}
