package dev.rollcall.trigger.catalog;

import dev.rollcall.trigger.catalog.CsvFile.Row;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Writes prompts, as [Organizations] writes organizations.
@Singleton
class Prompts {
    private final Jdbi jdbi;

    Prompts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (400) that names the lines whose organization is unknown
    Imported write(List<Row<Prompt>> rows) {
        return jdbi.inTransaction(handle -> {
            refuseStrangers(handle, rows);
            return upsert(handle, rows.stream().map(Row::value).toList());
        });
    }

    private static void refuseStrangers(Handle handle, List<Row<Prompt>> rows) {
        // locked, so that none of them is gone before its prompts are written
        Set<String> known = handle.createQuery("""
                        select id from organization where id = any(:ids) order by id for key share
                        """)
                .bind(
                        "ids",
                        rows.stream()
                                .map(row -> row.value().organization)
                                .distinct()
                                .toArray(String[]::new))
                .mapTo(String.class)
                .collect(Collectors.toSet());
        Faults faults = new Faults();
        rows.stream()
                .filter(row -> !known.contains(row.value().organization))
                .forEach(row ->
                        faults.add(row.line(), "organization %s is unknown".formatted(row.value().organization)));
        faults.refuseIfAny();
    }

    private static Imported upsert(Handle handle, List<Prompt> values) {
        return Imported.of(
                values.size(),
                handle.createQuery("""
                        with written as (
                            insert into prompt as p (organization, id, text, active)
                            select * from unnest(:organizations, :ids, :texts, :actives)
                                as given (organization, id, text, active) order by organization, id
                            on conflict on constraint prompt_pk
                                do update set text = excluded.text, active = excluded.active
                                where (p.text, p.active) is distinct from (excluded.text, excluded.active)
                            returning xmax = 0 as created
                        )
                        select count(*) filter (where created) as created,
                               count(*) filter (where not created) as updated
                        from written
                        """)
                        .bind(
                                "organizations",
                                values.stream().map(p -> p.organization).toArray(String[]::new))
                        .bind("ids", values.stream().map(p -> p.id).toArray(String[]::new))
                        .bind("texts", values.stream().map(p -> p.text).toArray(String[]::new))
                        .bind("actives", values.stream().map(p -> p.active).toArray(Boolean[]::new)));
    }
}
