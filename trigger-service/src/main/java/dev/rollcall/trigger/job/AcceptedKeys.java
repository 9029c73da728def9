package dev.rollcall.trigger.job;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.security.MessageDigest;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Requests that callers gave a key of their own: the same again gets the first answer again.
final class AcceptedKeys {
    private static final String JOB = "job";

    private AcceptedKeys() {}

    /// A request that was accepted.
    public record Accepted(byte[] requestHash, long answer) {}

    /// Takes the key until the transaction ends, so that equal requests at one time are answered one after the other.
    ///
    /// @return the job that was made of this request before
    /// @throws ClientErrorException (409) when the key was given to another request
    static Optional<Long> take(Handle tx, String organization, String key, byte[] hash) {
        tx.createQuery("select pg_advisory_xact_lock(hashtextextended(:organization || chr(31) || :key, 1)) is null")
                .bind("organization", organization)
                .bind("key", key)
                .mapTo(Boolean.class)
                .one();
        return tx.createQuery("""
                        select request_hash, answer from idempotency
                        where organization = :organization and what = :what and key = :key
                        """)
                .bind("organization", organization)
                .bind("what", JOB)
                .bind("key", key)
                .map(ConstructorMapper.of(Accepted.class))
                .findOne()
                .map(accepted -> {
                    if (!MessageDigest.isEqual(accepted.requestHash(), hash)) {
                        throw new ClientErrorException(
                                "the idempotency key \"%s\" was given to another request, which made job %d"
                                        .formatted(key, accepted.answer()),
                                Status.CONFLICT);
                    }
                    return accepted.answer();
                });
    }

    static void remember(Handle tx, String organization, String key, byte[] hash, long job) {
        tx.createUpdate("""
                        insert into idempotency (organization, key, what, request_hash, answer)
                        values (:organization, :key, :what, :hash, :job)
                        """)
                .bind("organization", organization)
                .bind("key", key)
                .bind("what", JOB)
                .bind("hash", hash)
                .bind("job", job)
                .execute();
    }
}
