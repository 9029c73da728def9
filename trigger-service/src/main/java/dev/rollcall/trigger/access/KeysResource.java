package dev.rollcall.trigger.access;

import dev.rollcall.trigger.http.Limit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/keys")
@RolesAllowed(Scope.OPERATE)
@SecurityScheme(
        securitySchemeName = "key",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "rc_<id>_<secret>",
        description = "A key of an organization, or the operator's. The scheduler may send x-cron-secret instead.")
@Tag(name = "Access")
public class KeysResource {
    private final TenantLedger ledger;
    private final ApiKeys keys;
    private final KeyEntries entries;
    private final InstantSource clock;

    KeysResource(TenantLedger ledger, ApiKeys keys, KeyEntries entries, InstantSource clock) {
        this.ledger = ledger;
        this.keys = keys;
        this.entries = entries;
        this.clock = clock;
    }

    /// @param key shown this once
    public record Made(String keyId, String key) {}

    @POST
    @Operation(
            summary = "Make a key",
            description = "The answer shows it, this once. A key makes keys of its own organization with scopes it has;"
                    + " an operator names the organization.")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Made.class)))
    public Response make(
            NewKey.@Nullable Wish wish, @QueryParam("organization") @Nullable String organization, UriInfo uri) {
        NewKey wanted = NewKey.of(wish, clock.instant());
        wanted.requireGivenBy(ledger.caller());
        ApiKey made = keys.make(ledger.caller(), ledger.organization(organization), wanted);
        return Response.created(uri.getAbsolutePathBuilder().path(made.id()).build())
                .entity(new Made(made.id(), made.text()))
                .cacheControl(CacheControl.valueOf("no-store"))
                .build();
    }

    @GET
    @Operation(summary = "The keys, also those that are revoked or expired; never their secrets")
    public Page<KeyEntry> list(
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("limit") @DefaultValue("100") Limit limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return Page.of(
                entries.page(ledger.caller().organizationIfAny(organization), cursor, limit.value() + 1),
                limit.value(),
                KeyEntry::keyId);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revoke a key", description = "The very next request with it is refused.")
    public void revoke(String id) {
        if (!entries.has(id)) {
            throw new NotFoundException("no key \"%s\"".formatted(id));
        }
        keys.revoke(ledger.caller(), id);
    }
}
