package dev.rollcall.worker.lease;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/// The incarnations in the ledger.
@ApplicationScoped
class Workers {
    private final Jdbi jdbi;

    Workers(@Urgent Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @return the new incarnation's id
    long register(String name, String pool, Duration lease) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into worker (name, pool, lease_until)
                        values (:name, :pool, clock_timestamp() + :lease)
                        returning id
                        """)
                .bind("name", name)
                .bind("pool", pool)
                .bind("lease", lease)
                .mapTo(Long.class)
                .one());
    }

    /// Renews the lease, also one that ran out while PostgreSQL or this process was away, unless somebody has acted
    /// on it.
    ///
    /// @return false when the incarnation has been declared dead
    boolean renew(long incarnation, Duration lease) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        update worker
                        set seen_at = clock_timestamp(), lease_until = clock_timestamp() + :lease
                        where id = :id and dead_at is null
                        """)
                        .bind("id", incarnation)
                        .bind("lease", lease)
                        .execute())
                == 1;
    }

    /// Says good-bye. Claims that are left, if any, are the reconciler's to look at.
    void stop(long incarnation) {
        jdbi.useTransaction(tx -> {
            tx.createUpdate("delete from permit where worker = :id")
                    .bind("id", incarnation)
                    .execute();
            tx.createUpdate("update worker set stopped_at = clock_timestamp() where id = :id and dead_at is null")
                    .bind("id", incarnation)
                    .execute();
        });
    }

    /// Tells the ledger that work on these lanes is alive.
    void touch(long incarnation, java.util.Collection<Long> lanes) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with alive as (
                            -- rows that are being counted are alive anyway: no waiting for them, in any order
                            select lane, writer from tally where writer = :id and lane = any(:lanes) for update skip locked
                        )
                        update tally t set seen_at = clock_timestamp()
                        from alive a where t.lane = a.lane and t.writer = a.writer
                        """)
                .bind("id", incarnation)
                .bindArray("lanes", Long.class, lanes)
                .execute());
    }
}
