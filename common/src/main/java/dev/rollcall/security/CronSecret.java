package dev.rollcall.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAuthorizedException;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The secret that callers of the scheduler's endpoints send in the header [#HEADER]. A service with a blank secret
/// refuses to start: an open door is never the default.
@Startup
@Singleton
public class CronSecret {
    public static final String HEADER = "x-cron-secret";

    private final byte[] secret;

    CronSecret(@ConfigProperty(name = "rollcall.cron-secret") Optional<String> secret) {
        this.secret = secret.filter(s -> !s.isBlank())
                .orElseThrow(
                        () -> new IllegalStateException(
                                "rollcall.cron-secret is blank: set ROLLCALL_CRON_SECRET to a secret that only the scheduler knows"))
                .getBytes(UTF_8);
    }

    /// Compares in constant time.
    ///
    /// @throws NotAuthorizedException (401) when the header is missing or wrong
    public void require(@Nullable String given) {
        if (given == null || !MessageDigest.isEqual(secret, given.getBytes(UTF_8))) {
            throw new NotAuthorizedException("the header " + HEADER + " is missing or wrong", HEADER);
        }
    }
}
