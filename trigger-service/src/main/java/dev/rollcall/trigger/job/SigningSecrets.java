package dev.rollcall.trigger.job;

import dev.rollcall.trigger.access.UnknownOrganizationException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import org.jdbi.v3.core.Handle;

/// Whether an organization can sign its requests.
final class SigningSecrets {
    private SigningSecrets() {}

    /// @throws ClientErrorException (409) when it has no secret
    /// @throws UnknownOrganizationException (404) when there is no such organization
    static void require(Handle ledger, String organization) {
        boolean there = ledger.createQuery("""
                        select exists (select from signing_secret s where s.organization = o.id)
                        from organization o where o.id = :organization
                        """)
                .bind("organization", organization)
                .mapTo(Boolean.class)
                .findOne()
                .orElseThrow(() -> new UnknownOrganizationException(organization));
        if (!there) {
            throw new ClientErrorException(
                    "requests to endpoints are signed, and \"%s\" has no secret yet: PUT /api/signing-secret makes one"
                            .formatted(organization),
                    Status.CONFLICT);
        }
    }
}
