package dev.rollcall.worker.progress;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The table `progress`.
@ApplicationScoped
class ProgressRows {
    private final Jdbi jdbi;

    ProgressRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Writes what is still true: a task that is over, or another's by now, is left out.
    void write(List<Report> reports) {
        Map<LocalDate, List<Report>> days = reports.stream()
                .collect(Collectors.groupingBy(report -> report.claimed().day()));
        // a transaction for each day: no lock is held between two statements
        jdbi.useHandle(handle -> days.forEach((day, ofDay) -> write(handle, day, ofDay)));
    }

    private static void write(Handle handle, LocalDate day, List<Report> reports) {
        handle.createUpdate("""
                        with said as (
                            select * from unnest(:tasks, :workers, :attempts, :percents, :notes)
                            as s (task, worker, attempt, percent, note)
                        ), running as (
                            -- While the row is locked the task cannot end, so what is written here is removed with its claim.
                            select t.id from task t join said s on s.task = t.id
                            where t.day = :day and t.id = any(:tasks) and t.state = 'running'
                              and t.worker = s.worker and t.attempt = s.attempt
                            for share of t skip locked
                        )
                        insert into progress (task, day, attempt, percent, note)
                        select s.task, :day, s.attempt, s.percent, s.note from said s
                        where s.task in (select id from running) order by s.task
                        on conflict on constraint progress_pk
                        do update set day = excluded.day, attempt = excluded.attempt, percent = excluded.percent,
                                      note = excluded.note, said_at = clock_timestamp()
                        """)
                .bind("day", day)
                .bindArray(
                        "tasks",
                        Long.class,
                        reports.stream().map(r -> r.claimed().task()).toList())
                .bindArray(
                        "workers",
                        Long.class,
                        reports.stream().map(r -> r.claimed().worker()).toList())
                .bindArray(
                        "attempts",
                        Integer.class,
                        reports.stream().map(r -> r.claimed().attempt()).toList())
                .bindArray(
                        "percents",
                        Integer.class,
                        reports.stream().map(Report::percent).toList())
                .bindArray(
                        "notes",
                        String.class,
                        reports.stream().map(Report::note).toList())
                .execute();
    }
}
