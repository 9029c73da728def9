package dev.rollcall.reconciler.silence;

import dev.rollcall.security.CronSecret;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// Reconciling on demand.
@Path("/api/reconcile")
public class ReconcileResource {
    private final Reconciler reconciler;
    private final CronSecret secret;

    ReconcileResource(Reconciler reconciler, CronSecret secret) {
        this.reconciler = reconciler;
        this.secret = secret;
    }

    @POST
    @RunOnVirtualThread
    @Operation(summary = "Look for dead workers, lost hints and unannounced results now, and mend what is found")
    public Report reconcile(@HeaderParam(CronSecret.HEADER) @Nullable String given) {
        secret.require(given);
        return reconciler.pass(true);
    }
}
