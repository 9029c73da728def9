package dev.rollcall.worker.claim;

import dev.rollcall.worker.lease.Urgent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// What the ledger says of cancellations: of whole batches, and of single tasks.
@ApplicationScoped
public class Cancellations {
    private final Jdbi jdbi;

    Cancellations(@Urgent Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Those of the tasks that are cancelled as of now.
    public Set<Long> among(Collection<Long> tasks) {
        return new HashSet<>(jdbi.withHandle(handle -> handle.createQuery("""
                        select t.id
                        from unnest(:tasks) as t (id)
                        join lane l on l.id = t.id >> 24
                        join batch b on b.id = l.batch
                        where b.cancelled_at is not null or exists (select from cancellation c where c.task = t.id)
                        """)
                .bindArray("tasks", Long.class, tasks)
                .mapTo(Long.class)
                .list()));
    }
}
