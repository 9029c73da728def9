package dev.rollcall.trigger.queue;

import dev.rollcall.trigger.access.Audit;
import dev.rollcall.trigger.access.Scope;
import dev.rollcall.trigger.access.TenantLedger;
import dev.rollcall.trigger.dispatch.Dispatcher;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

@Path("/api/queues")
@Tag(name = "Queues")
public class QueuesResource {
    private final TenantLedger tenants;
    private final Jdbi jdbi;
    private final Durations durations;
    private final Dispatcher dispatcher;

    QueuesResource(TenantLedger tenants, Jdbi jdbi, Durations durations, Dispatcher dispatcher) {
        this.tenants = tenants;
        this.jdbi = jdbi;
        this.durations = durations;
        this.dispatcher = dispatcher;
    }

    @GET
    @RolesAllowed(Scope.READ)
    @Operation(
            summary = "The queues",
            description = "Waiting and running are the caller's; the durations are everybody's, of the last minute.")
    public Answer list() {
        return new Answer(statuses(null));
    }

    @GET
    @Path("/{name}")
    @RolesAllowed(Scope.READ)
    @Operation(summary = "One queue")
    public QueueStatus get(String name) {
        return statuses(name).stream().findFirst().orElseThrow(() -> unknown(name));
    }

    @POST
    @Path("/{name}/pause")
    @RolesAllowed(Scope.OPERATOR)
    @Operation(summary = "Hold a queue", description = "What runs goes on; nothing more is started, nothing is lost.")
    public QueueStatus pause(String name) {
        return change(name, "queue.pause", tx -> Queues.pause(tx, name, true));
    }

    @POST
    @Path("/{name}/resume")
    @RolesAllowed(Scope.OPERATOR)
    @Operation(summary = "Let a queue go on")
    public QueueStatus resume(String name) {
        return change(name, "queue.resume", tx -> Queues.pause(tx, name, false));
    }

    @PATCH
    @Path("/{name}")
    @RolesAllowed(Scope.OPERATOR)
    @Operation(
            summary = "Set a queue's rate",
            description = "Counts at once. A rate that is left out is lifted; a concurrency that is left out stays.")
    public QueueStatus set(String name, @Nullable RateRequest rate) {
        if (rate == null) {
            throw new BadRequestException("say what to set: {\"perTick\": 10, \"tickMs\": 60000, \"delayMs\": 100}");
        }
        RateRequest wanted = rate.checked();
        return change(name, "queue.set", tx -> {
            Queues.setRate(tx, name, wanted);
            if (wanted.concurrency() != null && !Queues.setConcurrency(tx, name, wanted.concurrency())) {
                throw new BadRequestException(
                        "%s is a provider: its concurrency is edited with the provider, PUT /api/providers"
                                .formatted(name));
            }
        });
    }

    private QueueStatus change(String name, String what, HandleConsumer<RuntimeException> change) {
        get(name);
        jdbi.useTransaction((Handle tx) -> {
            change.useHandle(tx);
            Audit.note(tx, tenants.caller(), what, null, name, "done");
        });
        dispatcher.wake();
        return get(name);
    }

    private List<QueueStatus> statuses(@Nullable String name) {
        return tenants.read(handle -> Queues.list(handle, name)).stream()
                .map(row -> QueueStatus.of(row, durations.of(row.name())))
                .toList();
    }

    private static NotFoundException unknown(String name) {
        return new NotFoundException("no queue \"%s\"".formatted(name));
    }

    public record Answer(List<QueueStatus> items) {}
}
