package dev.rollcall.trigger.catalog;

import dev.rollcall.trigger.catalog.CsvFile.Row;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Writes providers, as [Organizations] writes organizations.
@Singleton
class Providers {
    private final Jdbi jdbi;

    Providers(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Imported write(List<Row<Provider>> rows) {
        List<Provider> values = rows.stream().map(Row::value).toList();
        return jdbi.withHandle(handle -> Imported.of(
                values.size(),
                handle.createQuery("""
                        with written as (
                            insert into provider as p (id, protocol, base_url, model, key_variable, concurrency,
                                                       connect_timeout_ms, total_timeout_ms, active)
                            select * from unnest(:ids, :protocols, :baseUrls, :models, :keyVariables, :concurrencies,
                                                 :connectTimeouts, :totalTimeouts, :actives)
                                as given (id, protocol, base_url, model, key_variable, concurrency,
                                          connect_timeout_ms, total_timeout_ms, active) order by id
                            on conflict on constraint provider_pk
                                do update set protocol = excluded.protocol, base_url = excluded.base_url,
                                              model = excluded.model, key_variable = excluded.key_variable,
                                              concurrency = excluded.concurrency,
                                              connect_timeout_ms = excluded.connect_timeout_ms,
                                              total_timeout_ms = excluded.total_timeout_ms, active = excluded.active
                                -- a provider has no other columns, so the whole rows can be compared
                                where p.* is distinct from excluded.*
                            returning xmax = 0 as created
                        )
                        select count(*) filter (where created) as created,
                               count(*) filter (where not created) as updated
                        from written
                        """)
                        .bind("ids", values.stream().map(p -> p.id).toArray(String[]::new))
                        .bind("protocols", values.stream().map(p -> p.protocol).toArray(String[]::new))
                        .bind("baseUrls", values.stream().map(p -> p.baseUrl).toArray(String[]::new))
                        .bind("models", values.stream().map(p -> p.model).toArray(String[]::new))
                        .bind(
                                "keyVariables",
                                values.stream().map(p -> p.keyVariable).toArray(String[]::new))
                        .bind(
                                "concurrencies",
                                values.stream().map(p -> p.concurrency).toArray(Integer[]::new))
                        .bind(
                                "connectTimeouts",
                                values.stream().map(p -> p.connectTimeoutMs).toArray(Integer[]::new))
                        .bind(
                                "totalTimeouts",
                                values.stream().map(p -> p.totalTimeoutMs).toArray(Integer[]::new))
                        .bind("actives", values.stream().map(p -> p.active).toArray(Boolean[]::new))));
    }
}
