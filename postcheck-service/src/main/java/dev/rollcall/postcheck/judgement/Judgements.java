package dev.rollcall.postcheck.judgement;

import dev.rollcall.ledger.History;
import dev.rollcall.postcheck.repair.RepairReport;
import dev.rollcall.schedule.Due;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The postcheck's entries in the history. They also decide whether a day was judged by schedule already.
@Singleton
public class Judgements {
    /// Who asked, for a judgement that nobody asked for.
    static final String SCHEDULE = "schedule";

    private static final String FUNCTION = "postcheck";

    private final Jdbi jdbi;
    private final History history;

    Judgements(Jdbi jdbi, History history) {
        this.jdbi = jdbi;
        this.history = history;
    }

    /// What an entry holds: the verdict, the counts and the healing attempts, not the list of what is missing.
    public record Entry(String askedBy, Summary summary, Counts prompts, Counts organizations, RepairReport repair) {}

    /// So many expected, found and missing.
    public record Counts(long expected, long found, long missing) {}

    void record(Judgement judgement, String askedBy, Instant started, Instant completed) {
        jdbi.useHandle(handle -> record(handle, judgement, askedBy, started, completed));
    }

    private void record(Handle handle, Judgement judgement, String askedBy, Instant started, Instant completed) {
        Summary summary = judgement.summary();
        PromptCoverage prompts = judgement.promptCoverage();
        OrgCoverage orgs = judgement.orgCoverage();
        Entry entry = new Entry(
                askedBy,
                summary,
                new Counts(prompts.expectedActivePrompts(), prompts.promptsRunToday(), prompts.missingPromptsCount()),
                new Counts(orgs.expected(), orgs.found(), orgs.missing()),
                judgement.repair());
        String status = summary.overallHealth().name();
        history.record(handle, FUNCTION, summary.runKey(), status, started, completed, entry);
    }

    /// Judges and records unless the schedule has judged this day before, whatever the number of replicas: they queue
    /// at a lock, and who comes second finds the first one's entry.
    ///
    /// @return empty when the day was judged already
    Optional<Judgement> onceFor(LocalDate day, Instant started, Supplier<Judgement> judge, Supplier<Instant> clock) {
        // a handle of its own: the judging below needs another transaction on this thread
        try (Handle own = jdbi.open()) {
            return own.inTransaction(handle -> {
                lock(handle, day);
                if (judgedBySchedule(handle, day)) {
                    return Optional.empty();
                }
                Judgement judgement = judge.get();
                record(handle, judgement, SCHEDULE, started, clock.get());
                return Optional.of(judgement);
            });
        }
    }

    /// Whether the schedule owes the day its judgement: it gave none, and there was a ledger when the day was due.
    boolean owes(Due due) {
        return jdbi.withHandle(handle -> installedBy(handle, due.at()) && !judgedBySchedule(handle, due.day()));
    }

    private static boolean installedBy(Handle handle, Instant at) {
        return handle.createQuery("select at <= :at from installation")
                .bind("at", at)
                .mapTo(Boolean.class)
                .one();
    }

    private static void lock(Handle handle, LocalDate day) {
        handle.createQuery(
                        "select pg_advisory_xact_lock(hashtext('rollcall.postcheck'), :day - date '2000-01-01') is null")
                .bind("day", day)
                .mapTo(Boolean.class)
                .one();
    }

    private static boolean judgedBySchedule(Handle handle, LocalDate day) {
        return handle.createQuery("""
                        select exists (
                            select from scheduler_runs
                            where function = 'postcheck'
                              and started_at >= :day - interval '2 days'
                              and result ->> 'askedBy' = :schedule
                              and result -> 'summary' ->> 'day' = cast(:day as text))
                        """)
                .bind("day", day)
                .bind("schedule", SCHEDULE)
                .mapTo(Boolean.class)
                .one();
    }
}
