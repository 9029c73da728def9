package dev.rollcall.trigger.job;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rollcall.trigger.access.Caller;
import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.job.JobMatches.Match;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/jobs")
@Tag(name = "Jobs")
public class JobChangesResource {
    private static final int MOST = 100_000;
    private static final int SAMPLE = 10;
    private static final int MOST_STARTED = 1_000;
    private static final int STARTED = 10;
    private static final int MOST_BYTES = 64 * 1024;

    private final TenantLedger ledger;
    private final JobChanges changes;
    private final Processing processing;
    private final JobTypes types;

    JobChangesResource(TenantLedger ledger, JobChanges changes, Processing processing, JobTypes types) {
        this.ledger = ledger;
        this.changes = changes;
        this.processing = processing;
        this.types = types;
    }

    @POST
    @Path("/{id}/cancel")
    @RolesAllowed(Scope.OPERATE)
    @Operation(summary = "Cancel a job", description = "One that runs is aborted by its worker a moment later.")
    @APIResponse(responseCode = "409", description = "It has succeeded or failed already")
    public Job cancel(String id) {
        return change(id, JobAction.CANCEL);
    }

    @POST
    @Path("/{id}/retry")
    @RolesAllowed(Scope.OPERATE)
    @Operation(summary = "Try a failed or cancelled job again", description = "With a fresh budget of attempts.")
    @APIResponse(responseCode = "409", description = "It has succeeded")
    public Job retry(String id) {
        return change(id, JobAction.RETRY);
    }

    private Job change(String id, JobAction action) {
        JobRow job = ledger.read(reading -> JobIds.find(reading, id)).orElseThrow(() -> JobIds.unknown(id));
        changes.apply(ledger.caller(), action, job);
        return ledger.read(reading -> JobIds.find(reading, id))
                .orElseThrow(() -> JobIds.unknown(id))
                .answered();
    }

    /// What a change of many jobs did.
    ///
    /// @param matched jobs that fit the filter and that the action changes
    /// @param changed 0 in a dry run
    /// @param sample the oldest of them
    /// @param more says that there are more than one call changes
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bulk(
            int matched,
            int changed,
            List<String> sample,
            @Nullable String more) {}

    @POST
    @Path("/bulk")
    @RolesAllowed(Scope.OPERATE)
    @Consumes(APPLICATION_JSON)
    @Operation(
            summary = "Cancel or retry many jobs",
            description =
                    "action is cancel or retry; filter names status, type, createdBefore, one at least. The oldest "
                            + "100,000 at most: the answer says when there are more. With dryRun=true nothing is changed.")
    public Bulk bulk(
            @QueryParam("dryRun") @Nullable String dryRun,
            @QueryParam("organization") @Nullable String organization,
            InputStream body) {
        Caller who = ledger.caller();
        String whose = who.organization(organization);
        Fields request = new Fields("request", JobJson.read(body, MOST_BYTES)).only("action", "filter");
        JobAction action = JobAction.of(request.text("action"));
        JobFilter filter = JobFilter.of(request.object("filter"), types);
        boolean dry = isDry(dryRun);
        List<Match> found = ledger.read(reading -> JobMatches.find(reading, whose, action, filter, MOST + 1));
        List<Match> matches = found.subList(0, Math.min(found.size(), MOST));
        int changed = dry || matches.isEmpty() ? 0 : changes.apply(who, whose, action, matches);
        List<String> sample = matches.stream()
                .limit(SAMPLE)
                .map(match -> Long.toString(match.task()))
                .toList();
        String more = found.size() > MOST ? "there are more than the %d of one call: call again".formatted(MOST) : null;
        return new Bulk(matches.size(), changed, sample, more);
    }

    private static boolean isDry(@Nullable String given) {
        return switch (given) {
            case null -> false;
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new BadRequestException("dryRun must be true or false");
        };
    }

    /// @param started in the order of their turns
    public record Started(List<String> started) {}

    @POST
    @Path("/process")
    @RolesAllowed(Scope.WRITE)
    @Consumes(APPLICATION_JSON)
    @Operation(
            summary = "Process now what is waiting",
            description =
                    "Of jobTypes, up to limit (10, at most 1000): the higher priority first, then the oldest. Neither a "
                            + "job's time nor its queue's pause or rate keeps it waiting then.")
    public Started process(@QueryParam("organization") @Nullable String organization, InputStream body) {
        Caller who = ledger.caller();
        String whose = who.organization(organization);
        Fields request = new Fields("request", JobJson.read(body, MOST_BYTES)).only("jobTypes", "limit");
        List<String> wanted = jobTypes(request);
        int limit = request.integer("limit", 1, MOST_STARTED, STARTED);
        List<Long> waiting = ledger.read(reading -> JobMatches.waiting(reading, whose, wanted, limit));
        return new Started(processing.start(who, whose, waiting).stream()
                .map(task -> Long.toString(task))
                .toList());
    }

    private List<String> jobTypes(Fields request) {
        if (!(request.any("jobTypes") instanceof ArrayNode array) || array.isEmpty()) {
            throw request.bad("jobTypes", "a list of at least one type");
        }
        List<String> wanted = new ArrayList<>();
        for (JsonNode type : array) {
            if (!type.isTextual()) {
                throw request.bad("jobTypes", "a list of strings");
            }
            wanted.add(types.known(type.textValue()));
        }
        return wanted;
    }
}
