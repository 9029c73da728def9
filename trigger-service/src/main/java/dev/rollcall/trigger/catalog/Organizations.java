package dev.rollcall.trigger.catalog;

import dev.rollcall.trigger.catalog.CsvFile.Row;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Writes organizations, a whole file in one transaction. Rows are written in the order of their keys, so that two
/// imports at once wait for each other instead of locking each other out; an equal row isn't touched.
@Singleton
class Organizations {
    private final Jdbi jdbi;

    Organizations(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Imported write(List<Row<Organization>> rows) {
        List<Organization> values = rows.stream().map(Row::value).toList();
        return jdbi.withHandle(handle -> Imported.of(
                values.size(),
                handle.createQuery("""
                        with written as (
                            insert into organization as o (id, name, active)
                            select * from unnest(:ids, :names, :actives) as given (id, name, active) order by id
                            on conflict on constraint organization_pk
                                do update set name = excluded.name, active = excluded.active
                                where (o.name, o.active) is distinct from (excluded.name, excluded.active)
                            -- a row that replaces another carries the number of the transaction that locked the other
                            returning xmax = 0 as created
                        )
                        select count(*) filter (where created) as created,
                               count(*) filter (where not created) as updated
                        from written
                        """)
                        .bind("ids", values.stream().map(o -> o.id).toArray(String[]::new))
                        .bind("names", values.stream().map(o -> o.name).toArray(String[]::new))
                        .bind("actives", values.stream().map(o -> o.active).toArray(Boolean[]::new))));
    }
}
