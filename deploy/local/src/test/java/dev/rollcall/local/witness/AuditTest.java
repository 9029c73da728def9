package dev.rollcall.local.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.client.SimulatorApi.Call;
import dev.rollcall.local.witness.LedgerView.Claim;
import dev.rollcall.local.witness.LedgerView.CountedAnswer;
import dev.rollcall.local.witness.LedgerView.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Task 1 succeeded at once, task 2 at the second attempt, task 3 failed for good, task 4's first worker died in the
/// call.
class AuditTest {

    private final List<Task> tasks = new ArrayList<>(List.of(
            new Task(1, "succeeded"), new Task(2, "succeeded"), new Task(3, "failed"), new Task(4, "succeeded")));
    private final List<CountedAnswer> answers =
            new ArrayList<>(List.of(answer(1, 1, "n11"), answer(2, 2, "n22"), answer(4, 2, "n42")));
    private final Set<Claim> broken = new HashSet<>(Set.of(new Claim(4, 1)));
    private final List<Call> calls = new ArrayList<>(List.of(
            call(1, 1, "answered", "n11"),
            call(2, 1, "failed", null),
            call(2, 2, "answered", "n22"),
            call(3, 1, "failed", null),
            call(4, 1, "gone", "n41"),
            call(4, 2, "answered", "n42")));

    @Test
    void a_good_night_holds_and_is_counted() {
        var audit = audit();
        assertThat(audit.holds()).isTrue();
        assertThat(audit).isEqualTo(new Audit(4, 3, 1, 0, 0, 0, 6, 2, 1, List.of()));
    }

    @Test
    void an_unfinished_task_is_lost() {
        tasks.add(new Task(5, "pending"));
        assertThat(audit().lost()).isEqualTo(1);
        assertThat(audit().holds()).isFalse();
    }

    @Test
    void a_success_without_a_call_is_lost() {
        tasks.add(new Task(5, "succeeded"));
        answers.add(answer(5, 1, "n51"));
        assertThat(audit().lost()).isEqualTo(1);
    }

    @Test
    void an_answer_with_somebody_elses_nonce_proves_nothing() {
        answers.set(0, answer(1, 1, "n22"));
        assertThat(audit().lost()).isEqualTo(1);
        assertThat(audit().holds()).isFalse();
    }

    @Test
    void two_answers_that_count_are_a_duplicate() {
        calls.add(call(1, 2, "answered", "n12"));
        answers.add(answer(1, 2, "n12"));
        assertThat(audit().duplicates()).isEqualTo(1);
        assertThat(audit().holds()).isFalse();
    }

    @Test
    void an_unused_answer_of_a_living_worker_is_an_objection() {
        broken.clear();
        assertThat(audit().extra()).isEqualTo(1);
        assertThat(audit().holds()).isFalse();
    }

    @Test
    void a_cancelled_task_is_not_lost_and_its_broken_call_no_objection() {
        tasks.add(new Task(5, "cancelled"));
        calls.add(call(5, 1, "gone", "n51"));
        assertThat(audit().holds()).isFalse();

        broken.add(new Claim(5, 1));
        assertThat(audit().cancelled()).isEqualTo(1);
        assertThat(audit().holds()).isTrue();
    }

    @Test
    void two_calls_of_one_attempt_are_an_objection() {
        calls.add(call(1, 1, "answered", "other"));
        assertThat(audit().holds()).isFalse();
    }

    private Audit audit() {
        return Audit.of(new LedgerView(tasks, answers, broken), calls);
    }

    private static CountedAnswer answer(long task, int attempt, String nonce) {
        return new CountedAnswer(new Claim(task, attempt), "nonce=" + nonce + " echo: hello");
    }

    private static Call call(long task, int attempt, String outcome, @Nullable String nonce) {
        return new Call(task, attempt, "openai", outcome, nonce, Instant.EPOCH, Instant.EPOCH);
    }
}
