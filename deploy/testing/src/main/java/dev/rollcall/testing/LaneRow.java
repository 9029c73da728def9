package dev.rollcall.testing;

import java.time.LocalDate;

/// A lane in the ledger: one batch on one provider.
///
/// @param size its tasks
public record LaneRow(long id, LocalDate day, int size) {

    static LaneRow insert(Sql sql, String organization, String provider, LocalDate day, int size) {
        sql.execute("select open_day(?)", day);
        long id = sql.query(row -> row.getLong(1), """
                        with opened as (
                            insert into run (kind, day, repeat, key, zone, deadline, planned, expected_hash)
                            select 'test', day, 1 + count(run.id), day || '#' || 1 + count(run.id), 'UTC',
                                   clock_timestamp() + interval '1 day', size, ''
                            from (values (?::date, ?::int)) as wanted (day, size)
                            left join run using (day) group by day, size
                            returning id, day, planned
                        ), batched as (
                            insert into batch (run, organization, organization_name, day, planned)
                            select id, ?, ?, day, planned from opened
                            returning id, organization, day, planned
                        ), frozen as (
                            insert into item (day, batch, n, prompt, body)
                            select day, id, n, 'p' || n + 1, 'What is ' || n + 1 || '?'
                            from batched, generate_series(0, planned - 1) as n
                        ), laned as (
                            insert into lane (batch, organization, day, provider, size)
                            select id, organization, day, ?, planned from batched
                            returning id, day, size
                        ), filled as (
                            insert into task (id, day)
                            select id << 24 | n, day from laned, generate_series(0, size - 1) as n
                        )
                        select id from laned
                        """, day, size, organization, organization, provider)
                .getFirst();
        return new LaneRow(id, day, size);
    }

    /// The id of the task for an item, counted from 0.
    public long task(int item) {
        if (item < 0 || item >= size) {
            throw new IllegalArgumentException("The lane has %d items, so there is no %d".formatted(size, item));
        }
        return id << 24 | item;
    }
}
