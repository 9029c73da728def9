package dev.rollcall.trigger.intake;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Which batch a caller's own key stands for.
final class Idempotency {
    private static final String WHAT = "batch";

    private Idempotency() {}

    /// What came of an earlier request.
    ///
    /// @param requestHash see [Fingerprint]
    public record Earlier(byte[] requestHash, long batch, int rows, int tasks) {
        Accepted accepted() {
            return new Accepted(Long.toString(batch), rows, tasks, true);
        }
    }

    static Optional<Earlier> find(Handle handle, String organization, String key) {
        return handle.createQuery("""
                        select i.request_hash, b.id as batch, b.planned as tasks,
                               (select max(size) from lane l where l.batch = b.id) as rows
                        from idempotency i join batch b on b.id = i.answer
                        where i.organization = :organization and i.what = :what and i.key = :key
                        """)
                .bind("organization", organization)
                .bind("what", WHAT)
                .bind("key", key)
                .map(ConstructorMapper.of(Earlier.class))
                .findOne();
    }

    /// Holds the key until the transaction ends. The row itself comes last, when the hash of the rows is known.
    ///
    /// @return false when another transaction holds it
    static boolean lock(Handle tx, String organization, String key) {
        return tx.createQuery("""
                        select pg_try_advisory_xact_lock(hashtextextended('rollcall.idempotency ' || :what || ' ' || :organization || ' ' || :key, 0))
                        """)
                .bind("organization", organization)
                .bind("what", WHAT)
                .bind("key", key)
                .mapTo(Boolean.class)
                .one();
    }

    static void insert(Handle tx, String organization, String key, byte[] requestHash, long batch) {
        tx.createUpdate("""
                        insert into idempotency (organization, key, what, request_hash, answer)
                        values (:organization, :key, :what, :requestHash, :batch)
                        """)
                .bind("organization", organization)
                .bind("key", key)
                .bind("what", WHAT)
                .bind("requestHash", requestHash)
                .bind("batch", batch)
                .execute();
    }
}
