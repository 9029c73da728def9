package dev.rollcall.trigger.access;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import org.jdbi.v3.core.Jdbi;

/// The secrets that requests to organizations' own endpoints are signed with (Standard Webhooks), one each.
@Singleton
class SigningSecrets {
    private static final int BYTES = 32;

    private final Jdbi jdbi;
    private final SecureRandom random = new SecureRandom();

    SigningSecrets(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// A new one, in the place of the old one if there is one.
    ///
    /// @return `whsec_<base64>`
    String make(Caller who, String organization) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String secret = "whsec_" + Base64.getEncoder().encodeToString(bytes);
        jdbi.useTransaction(tx -> {
            boolean first = tx.createQuery("""
                            insert into signing_secret as s (organization, secret) values (:organization, :secret)
                            on conflict on constraint signing_secret_pk
                                do update set secret = excluded.secret, created_at = clock_timestamp()
                            -- a row that replaces another carries the number of the transaction that locked the other
                            returning xmax = 0
                            """)
                    .bind("organization", organization)
                    .bind("secret", secret)
                    .mapTo(Boolean.class)
                    .one();
            Audit.note(tx, who, "signing-secret.set", organization, null, first ? "made" : "rotated");
        });
        return secret;
    }
}
