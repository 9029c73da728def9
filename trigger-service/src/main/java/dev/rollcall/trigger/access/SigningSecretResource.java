package dev.rollcall.trigger.access;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/signing-secret")
@RolesAllowed(Scope.OPERATE)
@Tag(name = "Access")
public class SigningSecretResource {
    private final TenantLedger ledger;
    private final SigningSecrets secrets;

    SigningSecretResource(TenantLedger ledger, SigningSecrets secrets) {
        this.ledger = ledger;
        this.secrets = secrets;
    }

    /// @param secret shown this once
    public record Made(String secret) {}

    @PUT
    @Operation(
            summary = "Make the secret that webhooks are signed with, or a new one",
            description = "The answer shows it, this once. What is sent from now on is signed with it.")
    @APIResponse(
            responseCode = "200",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Made.class)))
    public Response make(@QueryParam("organization") @Nullable String organization) {
        return Response.ok(new Made(secrets.make(ledger.caller(), ledger.organization(organization))))
                .cacheControl(CacheControl.valueOf("no-store"))
                .build();
    }
}
