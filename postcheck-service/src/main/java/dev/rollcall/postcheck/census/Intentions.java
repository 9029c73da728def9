package dev.rollcall.postcheck.census;

import dev.rollcall.postcheck.coverage.Standing;
import dev.rollcall.postcheck.coverage.TaskCounts;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// What a run would have frozen, for a day without one: the active prompts of the active organizations.
@Singleton
public class Intentions {
    private final Jdbi jdbi;
    private final int listed;

    Intentions(Jdbi jdbi, @ConfigProperty(name = "rollcall.postcheck.listed") int listed) {
        this.jdbi = jdbi;
        this.listed = listed;
    }

    /// All of it is missing, and no task exists.
    public Census now() {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            handle.setReadOnly(true);
            return new Census(organizations(handle), TaskCounts.NONE, MissingRow.byOrganization(prompts(handle)));
        });
    }

    private static List<Standing> organizations(Handle handle) {
        return handle.createQuery("""
                        select o.id, o.name, count(*) as expected, count(*) as missing
                        from organization o join prompt p on p.organization = o.id and p.active
                        where o.active
                        group by o.id, o.name
                        order by o.id
                        """).map(ConstructorMapper.of(Standing.class)).list();
    }

    private List<MissingRow> prompts(Handle handle) {
        return handle.createQuery("""
                        with listed as (
                            select o.id as organization, o.name as organization_name, p.id as prompt, left(p.text, 500) as text
                            from organization o join prompt p on p.organization = o.id and p.active
                            where o.active
                            order by o.id, p.id
                            limit :listed
                        )
                        select l.*, v.id as provider, false as planned, null as state, null as code, 0 as attempts,
                               null::integer as http_status, null as detail, null::timestamptz as last_attempt_at
                        from listed l left join provider v on v.active
                        order by l.organization, l.prompt, v.id
                        """)
                .bind("listed", listed)
                .map(ConstructorMapper.of(MissingRow.class))
                .list();
    }
}
