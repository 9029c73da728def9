package dev.rollcall.trigger.job;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import org.jdbi.v3.core.Handle;

/// Whether an organization can sign its requests.
final class SigningSecrets {
    private SigningSecrets() {}

    /// @throws ClientErrorException (409) when it has no secret
    static void require(Handle ledger, String organization) {
        boolean there = ledger.createQuery(
                        "select exists (select from signing_secret where organization = :organization)")
                .bind("organization", organization)
                .mapTo(Boolean.class)
                .one();
        if (!there) {
            throw new ClientErrorException(
                    "requests to endpoints are signed, and \"%s\" has no secret yet: PUT /api/signing-secret makes one"
                            .formatted(organization),
                    Status.CONFLICT);
        }
    }
}
