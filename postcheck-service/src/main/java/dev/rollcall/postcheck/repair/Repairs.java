package dev.rollcall.postcheck.repair;

import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// The table `repair`: asks that outlive every process and every broker.
@Singleton
public class Repairs {
    private final Jdbi jdbi;

    Repairs(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Asks for a repair, or joins the one that is still waiting to be served: asking twice heals nothing twice.
    public Attempt ask(long run, String askedBy) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with waiting as (
                            select id, asked_at, asked_by, done_at, made_due, skipped
                            from repair
                            where run = :run and done_at is null
                            order by id
                            limit 1
                        ), asked as (
                            insert into repair (run, asked_by)
                            select :run, :askedBy where not exists (select from waiting)
                            returning id, asked_at, asked_by, done_at, made_due, skipped
                        )
                        select * from waiting union all select * from asked
                        """)
                .bind("run", run)
                .bind("askedBy", askedBy)
                .map(ConstructorMapper.of(Attempt.class))
                .one());
    }

    public Attempt get(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, asked_at, asked_by, done_at, made_due, skipped from repair where id = :id
                        """)
                .bind("id", id)
                .map(ConstructorMapper.of(Attempt.class))
                .one());
    }

    /// Every attempt to heal this run so far, oldest first.
    public List<Attempt> of(long run) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, asked_at, asked_by, done_at, made_due, skipped from repair where run = :run order by id
                        """)
                .bind("run", run)
                .map(ConstructorMapper.of(Attempt.class))
                .list());
    }
}
