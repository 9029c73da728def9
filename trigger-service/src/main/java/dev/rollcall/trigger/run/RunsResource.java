package dev.rollcall.trigger.run;

import dev.rollcall.schedule.Schedule;
import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.history.TriggerLog;
import dev.rollcall.trigger.http.Limit;
import dev.rollcall.trigger.plan.Opening;
import dev.rollcall.trigger.plan.Opening.AlreadyOpen;
import dev.rollcall.trigger.plan.Opening.NothingToRun;
import dev.rollcall.trigger.plan.Opening.Opened;
import dev.rollcall.trigger.plan.Plans;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

@Path("/api/runs")
@RolesAllowed(Scope.OPERATOR)
@Tag(name = "Runs")
public class RunsResource {
    private final Plans plans;
    private final TriggerLog log;
    private final Watch watch;
    private final Schedule schedule;
    private final InstantSource clock;

    RunsResource(Plans plans, TriggerLog log, Watch watch, Schedule schedule, InstantSource clock) {
        this.plans = plans;
        this.log = log;
        this.watch = watch;
        this.schedule = schedule;
        this.clock = clock;
    }

    @POST
    @Operation(
            summary = "Open a day's run",
            description = "Asking again for a day that is open changes nothing; force opens a numbered repeat. Before "
                    + "forcing again because an answer was lost or 503, look at the newest runs.")
    @APIResponse(
            responseCode = "201",
            description = "Opened",
            content = @Content(schema = @Schema(implementation = RunStatus.class)))
    @APIResponse(
            responseCode = "200",
            description = "Was open already",
            content = @Content(schema = @Schema(implementation = RunStatus.class)))
    @APIResponse(responseCode = "409", description = "Nothing to run: no active prompt or no active provider")
    public Response open(
            @QueryParam("day") @Nullable String day, @QueryParam("force") @Nullable String force, UriInfo uri) {
        Instant started = clock.instant();
        RunRequest request = RunRequest.of(day, force, schedule.today(started));
        // Who is told to ask again opens one more run if this one was committed. So all that can fail is before that.
        Asked asked = plans.open(request.day(), request.force(), (handle, opening) -> {
            log.requested(handle, request.day(), opening, started, clock.instant());
            return new Asked(opening, status(handle, opening));
        });
        return switch (asked.opening()) {
            case Opened(long run, String _) ->
                Response.created(uri.getAbsolutePathBuilder()
                                .path(Long.toString(run))
                                .build())
                        .entity(asked.status().orElseThrow())
                        .build();
            case AlreadyOpen _ -> Response.ok(asked.status().orElseThrow()).build();
            case NothingToRun(String why) -> throw new ClientErrorException(why, Status.CONFLICT);
        };
    }

    private record Asked(Opening opening, Optional<RunStatus> status) {}

    private Optional<RunStatus> status(Handle handle, Opening opening) {
        return switch (opening) {
            case Opened(long run, String _) -> watch.run(handle, new RunId.Number(run));
            case AlreadyOpen(long run, String _) -> watch.run(handle, new RunId.Number(run));
            case NothingToRun _ -> Optional.empty();
        };
    }

    @GET
    @Operation(summary = "The newest runs, without their organizations")
    public Answer list(@QueryParam("limit") @DefaultValue("20") Limit limit) {
        return new Answer(watch.newest(limit.value()));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "How far a run is",
            description = "id is the run's number, or its key, such as daily:2026-11-21")
    public RunStatus get(String id) {
        RunId named = RunId.of(id);
        return watch.run(named).orElseThrow(() -> new NotFoundException("no run " + named));
    }

    @GET
    @Path("/{id}/organizations/{organization}")
    @Operation(summary = "How far one organization of a run is")
    public OrganizationStatus organization(String id, String organization) {
        return watch.organization(RunId.of(id), organization)
                .orElseThrow(() ->
                        new NotFoundException("no run \"%s\" with an organization \"%s\"".formatted(id, organization)));
    }

    public record Answer(List<RunStatus> runs) {}
}
