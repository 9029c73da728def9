package dev.rollcall.trigger.access;

import dev.rollcall.trigger.http.Limit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/audit")
@RolesAllowed(Scope.OPERATE)
@Tag(name = "Access")
public class AuditResource {
    private final TenantLedger ledger;
    private final AuditEntries entries;

    AuditResource(TenantLedger ledger, AuditEntries entries) {
        this.ledger = ledger;
        this.entries = entries;
    }

    @GET
    @Operation(summary = "Who did what, newest first")
    public Page<AuditEntry> list(
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("limit") @DefaultValue("100") Limit limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return Page.of(
                entries.page(ledger.caller().organizationIfAny(organization), number(cursor), limit.value() + 1),
                limit.value(),
                AuditEntry::id);
    }

    private static @Nullable Long number(@Nullable String cursor) {
        try {
            return cursor == null ? null : Long.valueOf(cursor);
        } catch (NumberFormatException e) {
            throw new BadRequestException("cursor must be what \"next\" said", e);
        }
    }
}
