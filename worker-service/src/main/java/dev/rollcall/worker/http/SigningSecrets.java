package dev.rollcall.worker.http;

import dev.rollcall.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The table `signing_secret`, remembered for a moment.
@ApplicationScoped
class SigningSecrets {
    private static final Logger LOG = Logger.getLogger(SigningSecrets.class);

    private final Jdbi jdbi;
    private final long refreshNanos;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    SigningSecrets(Jdbi jdbi, HttpConfig config) {
        this.jdbi = jdbi;
        this.refreshNanos = config.secretRefresh().toNanos();
    }

    private record Known(Optional<SigningSecret> secret, long readAt) {}

    /// @return empty when the organization has none
    /// @throws IllegalArgumentException when it has one that is none
    /// @throws JdbiException when it was never read and cannot be now
    Optional<SigningSecret> of(String organization) {
        Known last = known.get(organization);
        if (last != null && System.nanoTime() - last.readAt() < refreshNanos) {
            return last.secret();
        }
        try {
            Known read = new Known(read(organization), System.nanoTime());
            if (read.secret().isPresent()) {
                // that there is none yet is not worth remembering: it may be there in a moment
                known.put(organization, read);
            }
            return read.secret();
        } catch (JdbiException e) {
            return lastOr(e, last);
        }
    }

    private static Optional<SigningSecret> lastOr(JdbiException failure, @Nullable Known last) {
        if (last == null || !Ledger.isPassing(failure)) {
            throw failure;
        }
        LOG.warnf("a signing secret could not be read again, going on with what is known: %s", failure.getMessage());
        return last.secret();
    }

    private Optional<SigningSecret> read(String organization) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "select secret from signing_secret where organization = :organization")
                        .bind("organization", organization)
                        .mapTo(String.class)
                        .findOne())
                .map(SigningSecret::parse);
    }
}
