package dev.rollcall.lab.check;

import static dev.rollcall.lab.check.Doctored.ONE;
import static dev.rollcall.lab.check.Doctored.TWO;
import static dev.rollcall.lab.check.Doctored.at;
import static dev.rollcall.lab.check.Doctored.batch;
import static dev.rollcall.lab.check.Doctored.ending;
import static dev.rollcall.lab.check.Doctored.entry;
import static dev.rollcall.lab.check.Doctored.nonce;
import static dev.rollcall.lab.check.Doctored.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.lab.nemesis.Strike.Kind;
import dev.rollcall.lab.witness.Announced;
import dev.rollcall.lab.witness.Batch;
import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Closing;
import dev.rollcall.lab.witness.Coverage;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Footprint;
import dev.rollcall.lab.witness.Journal;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.lab.witness.Leak;
import dev.rollcall.lab.witness.Run;
import dev.rollcall.lab.witness.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The test of the tests: each invariant is shown records that break it, and must say so; and records that do not.
class CheckerTest {

    private final Doctored records = new Doctored();

    @Test
    void a_trial_in_which_all_went_well_breaks_nothing_and_leaves_only_cancels_waits_and_deaths_unseen() {
        var verdicts = Checker.judge(records.evidence());
        assertThat(verdicts).hasSize(18).allMatch(Verdict::holds);
        assertThat(verdicts)
                .filteredOn(verdict -> !verdict.looked())
                .extracting(Verdict::invariant)
                .containsExactly("I8", "I16", "I18");
    }

    @Test
    void a_task_that_is_not_final_is_lost() {
        records.tasks.set(1, task(TWO, "running", 1));
        assertBroken("I1", "task %d of acme on openai is still running".formatted(TWO));
    }

    @Test
    void a_batch_that_was_accepted_and_is_not_there_is_lost() {
        records.journal.add(entry("batch.submit", "acme", "8 2", 1));
        assertBroken("I1", "batch 8 was accepted and is not there");
    }

    @Test
    void a_batch_that_has_another_number_of_tasks_than_was_accepted_has_lost_some() {
        records.journal.set(0, entry("batch.submit", "acme", "7 3", 0));
        assertBroken("I1", "batch 7 was accepted with 3 tasks and has 2");
    }

    @Test
    void a_run_that_was_opened_is_there_with_all_its_tasks() {
        records.batches.set(0, new Batch(7, "acme", "nightly", 1L, true, Map.of(), Map.of(), Map.of()));
        records.journal.add(entry("run.open", "?force=true", "201 daily:2026-11-22 2", 0));
        records.journal.add(entry("run.open", "?day=2020-01-01", "200 daily:2020-01-01 2", 0)); // long before
        assertHolds("I1");
        records.journal.add(entry("run.open", "?force=true", "201 daily:2026-11-22#2 2", 1));
        assertBroken("I1", "run daily:2026-11-22#2 was accepted and is not there");
        records.journal.set(1, entry("run.open", "?force=true", "201 daily:2026-11-22 8", 0));
        assertBroken("I1", "run daily:2026-11-22 was accepted with 8 tasks and has 2");
    }

    @Test
    void a_job_that_was_accepted_and_is_not_there_is_lost() {
        records.journal.add(entry("job.submit", "acme", "99", 1));
        assertBroken("I1", "job 99 was accepted");
    }

    @Test
    void two_results_are_one_too_many() {
        records.endings.add(ending(ONE, 2, false, "succeeded", nonce(ONE, 2)));
        assertBroken("I2", "has 2 results");
    }

    @Test
    void a_nonce_of_another_attempt_is_no_proof() {
        records.endings.set(0, ending(ONE, 1, false, "succeeded", nonce(ONE, 2)));
        assertBroken("I2", "which was not issued for it");
    }

    @Test
    void a_result_without_a_nonce_is_no_proof() {
        records.endings.set(0, ending(ONE, 1, false, "succeeded", null));
        assertBroken("I2", "has the nonce (none), which was not issued for it");
    }

    @Test
    void a_success_without_a_result_is_no_success() {
        records.endings.remove(0);
        assertBroken("I2", "task %d succeeded without a result".formatted(ONE));
    }

    @Test
    void a_success_whose_call_failed_is_no_success() {
        records.calls.clear();
        records.called(ONE, 1, 0.1, 0.9, "failed", null);
        records.called(TWO, 1, 0.1, 0.9, "answered", nonce(TWO, 1));
        assertBroken("I3", "the provider answered no such call");
    }

    @Test
    void more_calls_than_attempts_are_too_many() {
        records.called(ONE, 2, 1.1, 1.9, "failed", null);
        assertBroken("I4", "task %d was called 2 times in 1 attempts".formatted(ONE));
    }

    @Test
    void an_attempt_is_called_once() {
        records.tasks.set(0, task(ONE, "succeeded", 2));
        records.called(ONE, 1, 1.1, 1.9, "failed", null);
        assertBroken("I4", "attempt 1 was called 2 times");
    }

    @Test
    void calls_that_overlap_for_no_reason_are_objected_to() {
        overlap();
        assertBroken("I5", "while attempt 1 was on the wire");
    }

    @Test
    void calls_may_overlap_if_the_first_owner_was_frozen_for_longer_than_a_lease() {
        overlap();
        records.struck(Kind.STOP, "worker-1", 0.5, 12);
        assertHolds("I5");
    }

    @Test
    void a_freeze_shorter_than_a_lease_explains_no_overlap() {
        overlap();
        records.struck(Kind.STOP, "worker-1", 0.5, 2);
        assertBroken("I5", "while attempt 1 was on the wire");
    }

    @Test
    void a_freeze_of_another_worker_explains_no_overlap() {
        overlap();
        records.struck(Kind.STOP, "worker-2", 0.5, 12);
        assertBroken("I5", "while attempt 1 was on the wire");
    }

    @Test
    void a_strike_after_the_overlap_began_does_not_explain_it() {
        overlap();
        records.struck(Kind.KILL, "worker-1", 6.5, 6.5);
        assertBroken("I5", "while attempt 1 was on the wire");
        records.struck(Kind.STOP, "worker-1", 3, 12); // its lease lasts longer than until the second call
        assertBroken("I5", "while attempt 1 was on the wire");
        records.struck(Kind.KILL, "worker-1", 5.5, 5.5);
        assertHolds("I5");
    }

    @Test
    void a_lost_answer_explains_no_overlap_but_what_a_provider_does_not_see_at_once() {
        overlap();
        records.struck(Kind.LOST_ANSWER, "provider", 0, 8);
        records.struck(Kind.LOST_ANSWER, "worker-1>postgres", 0, 8);
        assertBroken("I5", "while attempt 1 was on the wire");
        records.calls.remove(1);
        records.called(ONE, 1, 0.1, 6.2, "gone", null);
        assertHolds("I5");
    }

    private void overlap() {
        records.tasks.set(0, task(ONE, "succeeded", 2));
        records.claimed(ONE, 2, 2, 6);
        records.calls.removeFirst();
        records.called(ONE, 1, 0.1, 8, "answered", nonce(ONE, 1));
        records.called(ONE, 2, 6, 7, "answered", nonce(ONE, 2));
    }

    @Test
    void a_call_that_was_paid_for_and_is_not_used_needs_an_explanation() {
        extra();
        assertBroken("I6", "nobody struck its worker worker-2");
    }

    @Test
    void a_kill_of_its_worker_explains_an_extra_call_and_a_kill_of_another_does_not() {
        extra();
        records.struck(Kind.KILL, "worker-1", 1.5, 1.5);
        assertBroken("I6", "nobody struck its worker worker-2");
        records.struck(Kind.KILL, "worker-2", 1.5, 1.5);
        assertHolds("I6");
    }

    @Test
    void an_answer_that_a_worker_never_had_explains_an_extra_call_only_if_it_was_the_providers() {
        extra();
        records.struck(Kind.LOST_ANSWER, "worker-2>postgres", 1.2, 1.9);
        records.struck(Kind.LOST_ANSWER, "worker-2>kafka", 1.2, 1.9);
        assertBroken("I6", "nobody struck its worker worker-2");
        records.struck(Kind.LOST_ANSWER, "provider", 1.9, 1.9);
        assertHolds("I6");
    }

    @Test
    void a_silence_shorter_than_a_lease_explains_no_extra_call() {
        extra();
        records.struck(Kind.CUT, "worker-2>postgres", 1.2, 3.2);
        records.struck(Kind.STOP, "worker-2", 1.2, 3.2);
        assertBroken("I6", "nobody struck its worker worker-2");
        records.struck(Kind.CUT, "worker-2>postgres", 1.2, 6.2);
        assertHolds("I6");
    }

    @Test
    void a_kill_long_before_the_claim_explains_nothing() {
        records.struck(Kind.KILL, "worker-2", 0.2, 0.2);
        extra();
        assertBroken("I6", "nobody struck its worker worker-2");
    }

    @Test
    void a_timeout_that_the_worker_wrote_down_is_accounted_for() {
        extra();
        records.endings.add(ending(ONE, 2, 2, false, "retry", null));
        assertHolds("I6");
    }

    @Test
    void what_another_worker_wrote_down_explains_no_extra_call() {
        extra();
        records.endings.add(ending(ONE, 2, 1, false, "retry", null));
        assertBroken("I6", "nobody struck its worker worker-2");
    }

    @Test
    void who_is_asked_to_leave_writes_down_what_becomes_of_its_calls() {
        extra();
        records.struck(Kind.TERM, "worker-2", 1.5, 2.5);
        assertBroken("I6", "nobody struck its worker worker-2");
        records.endings.add(ending(ONE, 2, 2, false, "not_yet", null));
        assertHolds("I6");
    }

    @Test
    void more_extra_calls_than_strikes_times_permits_are_too_many() {
        for (int attempt = 2; attempt < 5; attempt++) {
            records.claimed(ONE, attempt, 2, 1.2);
            records.called(ONE, attempt, 1.3, 1.9, "gone", null);
        }
        records.struck(Kind.KILL, "worker-2", 1.5, 1.5);
        assertBroken("I6", "3 extra calls after 1 strikes of 2 permits each");
    }

    private void extra() {
        records.claimed(ONE, 2, 2, 1.2);
        records.called(ONE, 2, 1.3, 1.9, "answered", nonce(ONE, 2));
    }

    @Test
    void counts_that_are_not_the_rows_are_wrong_whoever_tells_them() {
        Map<String, Long> right = Map.of("succeeded", 2L);
        Map<String, Long> wrong = Map.of("succeeded", 3L);
        records.batches.set(0, batch(right, wrong, right, true));
        assertBroken("I7", "the ledger's counts say 3");
        records.batches.set(0, batch(right, right, wrong, true));
        assertBroken("I7", "the service tells 3");
    }

    @Test
    void a_service_that_tells_of_waiting_tasks_that_there_are_not_is_wrong() {
        Map<String, Long> right = Map.of("succeeded", 2L);
        records.batches.set(0, batch(right, right, Map.of("succeeded", 2L, "pending", 1L), true));
        assertBroken("I7", "0 rows are pending, the service tells 1");
    }

    @Test
    void a_batch_that_was_final_for_a_moment_while_a_task_was_not_was_final_too_early() {
        records.closings.add(new Closing(7, at(0.9), 1));
        assertBroken("I7", "when 1 of its tasks were not");
    }

    @Test
    void a_batch_is_final_when_all_its_rows_are_and_not_before() {
        Map<String, Long> open = Map.of("succeeded", 1L, "running", 1L);
        records.batches.set(0, batch(open, open, open, true));
        assertBroken("I7", "batch 7 is final, and its rows are");
        Map<String, Long> over = Map.of("succeeded", 2L);
        records.batches.set(0, batch(over, over, over, false));
        assertBroken("I7", "batch 7 is not final, and its rows are");
    }

    @Test
    void a_call_after_an_answered_cancel_is_too_late() {
        records.journal.add(entry("batch.cancel", "7", "cancelled", 1));
        assertHolds("I8");
        records.called(ONE, 2, 3, 4, "answered", nonce(ONE, 2));
        assertBroken("I8", "after its cancel was answered");
    }

    @Test
    void a_call_after_a_resume_is_in_order_and_before_it_is_not() {
        records.journal.add(entry("batch.cancel", "7", "cancelled", 1));
        records.journal.add(entry("batch.resume", "7", "processing", 5));
        records.called(ONE, 2, 6, 7, "answered", nonce(ONE, 2));
        assertHolds("I8");
        records.called(ONE, 3, 4, 4.5, "answered", nonce(ONE, 3));
        assertBroken("I8", "after its cancel was answered");
    }

    @Test
    void what_is_cancelled_stays_cancelled_unless_somebody_asks() {
        records.journal.add(entry("job.cancel", Long.toString(ONE), "cancelled", 1));
        records.changes.add(new Change(ONE, "cancelled", "pending", 1, null, "rollcall_reconciler", at(3)));
        assertBroken("I8", "went from cancelled to pending");
        records.journal.add(entry("job.retry", Long.toString(ONE), "pending", 2));
        assertHolds("I8");
    }

    @Test
    void what_somebody_asked_of_another_batch_or_job_brings_nothing_back() {
        records.journal.add(new Entry(at(1), at(1.1), "batch.cancel", "7", Journal.Verdict.UNKNOWN, "timeout"));
        records.journal.add(entry("batch.resume", "8", "processing", 2));
        records.journal.add(entry("job.retry", Long.toString(TWO), "pending", 2));
        records.journal.add(entry("batch.retry-failed", "7", "processing", 2)); // what failed, not what was cancelled
        records.changes.add(new Change(ONE, "cancelled", "pending", 1, null, "rollcall_reconciler", at(3)));
        assertBroken("I8", "went from cancelled to pending");
        records.journal.add(entry("batch.resume", "7", "processing", 2.5));
        assertHolds("I8");
    }

    @Test
    void a_resume_before_the_cancel_brings_nothing_back() {
        records.journal.add(entry("batch.resume", "7", "processing", 1));
        records.journal.add(entry("batch.cancel", "7", "cancelled", 2));
        records.changes.add(new Change(ONE, "cancelled", "pending", 1, null, "rollcall_reconciler", at(3)));
        assertBroken("I8", "went from cancelled to pending");
    }

    @Test
    void every_cancel_of_a_batch_holds_until_its_own_resume() {
        records.journal.add(entry("batch.cancel", "7", "cancelled", 1));
        records.journal.add(entry("batch.resume", "7", "processing", 5));
        records.journal.add(entry("batch.cancel", "7", "cancelled", 8));
        records.called(ONE, 2, 6, 7, "answered", nonce(ONE, 2));
        assertHolds("I8");
        records.called(ONE, 3, 4, 4.5, "answered", nonce(ONE, 3));
        assertBroken("I8", "was called at %s, after its cancel".formatted(at(4)));
    }

    @Test
    void a_resume_that_was_refused_is_none() {
        records.journal.add(entry("batch.cancel", "7", "cancelled", 1));
        records.journal.add(new Entry(at(2), at(2.1), "batch.resume", "7", Journal.Verdict.FAIL, "409"));
        records.called(ONE, 2, 3, 4, "answered", nonce(ONE, 2));
        assertBroken("I8", "after its cancel was answered");
    }

    @Test
    void a_day_is_opened_once() {
        records.runs.add(new Run(2, "daily", "2026-11-22", 1, "daily:2026-11-22"));
        assertBroken("I9", "was opened 2 times");
    }

    @Test
    void a_repeat_is_another_run() {
        records.runs.add(new Run(2, "daily", "2026-11-22", 2, "daily:2026-11-22#2"));
        assertHolds("I9");
    }

    @Test
    void an_organization_has_one_batch_in_a_run() {
        for (long id : new long[] {11, 12}) {
            records.batches.add(new Batch(id, "acme", "nightly", 1L, true, Map.of(), Map.of(), Map.of()));
        }
        assertBroken("I9", "has 2 batches");
    }

    @Test
    void an_idempotency_key_makes_one_batch() {
        records.journal.add(entry("batch.submit", "acme#k", "7 2", 1));
        assertHolds("I9");
        records.journal.add(entry("batch.submit", "acme#k", "8 2", 1));
        assertBroken("I9", "was taken for the batches");
    }

    @Test
    void a_second_batch_under_a_key_whose_answer_was_lost_is_found_in_the_ledger() {
        records.batches.add(new Batch(8, "acme", "rows", null, true, Map.of(), Map.of(), Map.of()));
        assertBroken("I9", "acme has 1 batches that nobody was told of, and 0 submissions without an answer");
        records.journal.add(unanswered("bravo"));
        assertBroken("I9", "acme has 1 batches that nobody was told of, and 0 submissions without an answer");
        records.journal.add(unanswered("acme#k"));
        assertHolds("I9");
        records.journal.add(unanswered("acme#k"));
        records.batches.add(new Batch(9, "acme", "rows", null, true, Map.of(), Map.of(), Map.of()));
        assertBroken("I9", "acme has 2 batches that nobody was told of, and 1 submissions without an answer");
        records.journal.add(entry("batch.submit", "acme#k", "9 2", 3));
        assertBroken("I9", "acme has 1 batches that nobody was told of, and 0 submissions without an answer");
    }

    private static Entry unanswered(String subject) {
        return new Entry(at(1), at(2), "batch.submit", subject, Journal.Verdict.UNKNOWN, "timeout");
    }

    @Test
    void another_organizations_canary_in_an_answer_is_a_leak() {
        records.sights.add(new Sight("bravo", "/api/batch?limit=200", true, 200, List.of("canary-acme-00000000")));
        assertBroken("I10", "bravo asked for /api/batch?limit=200");
    }

    @Test
    void another_organizations_batch_is_not_there() {
        records.sights.add(new Sight("bravo", "/api/batch/7", false, 200, List.of()));
        assertBroken("I10", "bravo asked for /api/batch/7 and got 200");
    }

    @Test
    void what_is_ones_own_is_shown() {
        records.sights.add(new Sight("acme", "/api/batch/7/rows?limit=200", true, 503, List.of()));
        assertBroken("I10", "acme asked for /api/batch/7/rows?limit=200 and got 503");
    }

    @Test
    void an_answer_to_another_organizations_question_is_a_leak() {
        records.tasks.set(
                0, new dev.rollcall.lab.witness.Task(ONE, 7, "bravo", "rows", null, "openai", "succeeded", 1, null));
        assertBroken("I10", "was answered with canary-acme-00000000");
    }

    @Test
    void a_minute_without_a_move_after_healing_is_too_long() {
        records.changes.add(new Change(ONE, "pending", "running", 2, 1L, "rollcall_worker", at(75)));
        assertBroken("I11", "nothing moved for 74 s");
    }

    @Test
    void nothing_that_moves_after_healing_is_no_progress() {
        records.healed = at(20);
        assertHolds("I11");
        records.tasks.set(0, task(ONE, "pending", 1));
        assertBroken("I11", "nothing moved after the fault was healed");
    }

    @Test
    void a_minute_without_a_move_before_the_end_is_too_long_while_work_is_left() {
        records.gathered = at(180);
        assertHolds("I11");
        records.tasks.set(0, task(ONE, "pending", 1));
        assertBroken("I11", "nothing moved for 179 s");
        records.gathered = at(60);
        assertHolds("I11");
    }

    @Test
    void what_a_leaving_worker_hands_back_is_taken_within_five_seconds() {
        records.struck(Kind.TERM, "worker-1", 1, 3);
        records.changes.add(new Change(ONE, "running", "pending", 2, null, "rollcall_worker", at(2)));
        assertBroken("I11", "was handed back");
        records.claimed(ONE, 3, 2, 4);
        assertHolds("I11");
    }

    @Test
    void more_calls_at_one_time_than_the_provider_allows_are_too_many() {
        records.called((1L << 24) | 2, 1, 0.2, 0.5, "answered", "x");
        assertBroken("I12", "3 calls at one time on openai, which allows 2");
    }

    @Test
    void what_a_killed_worker_left_on_the_wire_does_not_count() {
        long third = (1L << 24) | 2;
        records.claimed(third, 1, 2, 0.1);
        records.called(third, 1, 0.2, 0.5, "gone", null);
        records.struck(Kind.STOP, "worker-2", 0.3, 12);
        assertHolds("I12");
    }

    @Test
    void an_open_breaker_lets_probes_through_and_no_more() {
        records.limits.add(
                new Evidence.Limit("openai", at(10), at(30), Duration.ofSeconds(4), 1, "its breakers were open"));
        for (int second : new int[] {11, 16, 21}) {
            records.called((2L << 24) | second, 1, second, second + 0.1, "failed", null);
        }
        assertHolds("I12");
        records.called(2L << 24, 1, 22, 22.1, "failed", null);
        assertBroken("I12", "though its breakers were open");
    }

    @Test
    void a_coverage_that_a_recount_does_not_find_is_wrong() {
        records.coverages.set(0, new Coverage("daily:2026-11-22", 2, 2, 2, 1, List.of("acme/p01")));
        assertBroken("I13", "the postcheck says 2 of 2, a recount says 1 of 2");
    }

    @Test
    void a_coverage_of_the_right_size_with_the_wrong_prompts_is_wrong() {
        records.coverages.set(0, new Coverage("daily:2026-11-22", 2, 1, 2, 1, List.of("acme/p01", "acme/p02")));
        assertBroken("I13", "they differ in [acme/p01, acme/p02]");
    }

    @Test
    void a_coverage_of_fewer_prompts_than_the_run_has_is_wrong() {
        records.coverages.set(0, new Coverage("daily:2026-11-22", 1, 1, 2, 1, List.of()));
        assertBroken("I13", "the postcheck says 1 of 1, a recount says 1 of 2");
    }

    @Test
    void a_secret_in_a_log_is_a_leak() {
        records.leaks.add(new Leak("the cron secret", "worker-1.log"));
        assertBroken("I14", "the cron secret is in worker-1.log");
    }

    @Test
    void a_process_that_lived_through_it_holds_no_more_than_before() {
        records.after.set(0, new Footprint("worker-1", 100, 70, 80, 8, 50_000));
        assertBroken("I15", "worker-1 had 40 threads, and has 70");
        records.after.set(0, new Footprint("worker-1", 100, 40, 80, 8, 80_000));
        assertBroken("I15", "KiB of live heap");
    }

    @Test
    void a_process_that_was_started_anew_is_another_one() {
        records.after.set(0, new Footprint("worker-1", 101, 60, 200, 8, 80_000));
        assertThat(verdict("I15").holds()).isTrue();
        assertThat(verdict("I15").looked()).isFalse();
    }

    @Test
    void an_attempt_is_claimed_when_it_is_due_and_not_before() {
        records.waits(ONE, 1, 1, 6);
        records.claimed(ONE, 2, 2, 6);
        assertHolds("I16");
        assertThat(verdict("I16").looked()).isTrue();
        records.waits(ONE, 2, 7, 12);
        records.claimed(ONE, 3, 2, 11.5);
        assertBroken("I16", "attempt 3 was claimed at %s, 500 ms before it was due".formatted(at(11.5)));
    }

    @Test
    void what_is_said_of_another_attempt_or_task_holds_nothing_up() {
        records.waits(ONE, 1, 1, 2);
        records.claimed(ONE, 2, 2, 3);
        records.waits(ONE, 2, 4, 60);
        records.claimed(TWO, 3, 2, 5);
        assertHolds("I16");
        records.waits(ONE, 3, 6, 7);
        records.claimed(ONE, 4, 2, 8);
        assertHolds("I16");
    }

    @Test
    void who_has_jobs_processed_waits_for_nothing() {
        records.waits(ONE, 1, 1, 6);
        records.claimed(ONE, 2, 2, 3);
        records.hurried(ONE, 1, 2);
        assertBroken("I16", "3000 ms before it was due"); // nobody asked for it
        records.journal.add(entry("job.process", "bravo", "[]", 1.5));
        assertBroken("I16", "3000 ms before it was due");
        records.journal.add(entry("job.process", "acme", "[]", 1.5));
        assertHolds("I16");
    }

    @Test
    void a_hurry_that_comes_after_the_claim_or_was_asked_for_after_it_excuses_nothing() {
        records.waits(ONE, 1, 1, 6);
        records.claimed(ONE, 2, 2, 3);
        records.journal.add(entry("job.process", "acme", "[]", 3.5));
        records.hurried(ONE, 1, 4);
        assertBroken("I16", "3000 ms before it was due");
        records.waits.removeLast();
        records.hurried(ONE, 1, 2);
        assertBroken("I16", "3000 ms before it was due");
    }

    @Test
    void what_is_resumed_or_tried_again_is_due_anew() {
        records.waits(ONE, 1, 1, 60);
        records.changes.add(new Change(ONE, "pending", "cancelled", 1, null, "rollcall_trigger", at(2)));
        records.claimed(ONE, 2, 2, 4);
        assertBroken("I16", "56000 ms before it was due");
        records.changes.add(new Change(ONE, "cancelled", "pending", 1, null, "rollcall_trigger", at(3)));
        assertHolds("I16");
    }

    @Test
    void what_was_announced_and_never_was_is_a_lie() {
        records.announced.add(new Announced(new Claim(ONE, 1), "succeeded")); // a record may come twice
        records.announced.add(new Announced(new Claim(99, 1), "failed")); // of an earlier trial
        assertHolds("I17");
        records.announced.add(new Announced(new Claim(TWO, 1), "cancelled"));
        assertBroken("I17", "was announced as cancelled, and never was");
    }

    @Test
    void what_a_dead_worker_had_in_hand_is_taken_back_within_a_lease_and_a_half_and_a_pass() {
        records.claimed(ONE, 2, 2, 1.2);
        records.struck(Kind.KILL, "worker-2", 1.5, 1.5);
        assertBroken("I18", "in the hands of worker-2"); // until the end
        records.changes.add(new Change(ONE, "running", "pending", 2, null, "rollcall_reconciler", at(7)));
        assertHolds("I18");
        records.changes.removeLast();
        records.changes.add(new Change(ONE, "running", "pending", 2, null, "rollcall_reconciler", at(16)));
        assertBroken("I18", "in the hands of worker-2");
        records.struck(Kind.KILL, "reconciler-1", 3, 3);
        assertHolds("I18");
    }

    @Test
    void a_limit_in_whose_time_nobody_called_shows_nothing() {
        records.limits.add(
                new Evidence.Limit("mistral", at(0), at(30), Duration.ofSeconds(4), 1, "its breakers were open"));
        assertBroken("I12", "mistral was not called at all");
    }

    @Test
    void a_recovery_lasts_until_the_last_task_of_a_dead_worker_moves_on() {
        records.claimed(ONE, 2, 2, 1.2);
        records.struck(Kind.KILL, "worker-2", 1.5, 1.5);
        records.changes.add(new Change(ONE, "running", "pending", 2, null, "rollcall_reconciler", at(7)));
        records.claimed(ONE, 3, 1, 8);
        assertThat(Recovery.of(records.evidence())).hasValue(Duration.ofMillis(6500));
    }

    @Test
    void a_recovery_from_an_outage_lasts_until_anything_moves() {
        records.struck(Kind.CUT, "kafka", 0.2, 0.7);
        assertThat(Recovery.of(records.evidence())).hasValue(Duration.ofMillis(300));
    }

    @Test
    void nothing_to_recover_from_is_no_recovery() {
        assertThat(Recovery.of(records.evidence())).isEmpty();
    }

    private void assertBroken(String invariant, String evidence) {
        var verdict = verdict(invariant);
        assertThat(verdict.holds()).as(invariant).isFalse();
        assertThat(verdict.word()).isEqualTo("BROKEN");
        assertThat(verdict.violations())
                .anyMatch(violation -> violation.evidence().contains(evidence));
    }

    private void assertHolds(String invariant) {
        assertThat(verdict(invariant).violations()).isEmpty();
    }

    private Verdict verdict(String invariant) {
        return Checker.judge(records.evidence()).stream()
                .filter(verdict -> verdict.invariant().equals(invariant))
                .findFirst()
                .orElseThrow();
    }
}
