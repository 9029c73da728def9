package dev.rollcall.local.witness;

import dev.rollcall.local.client.SimulatorApi.Call;
import dev.rollcall.local.witness.LedgerView.Claim;
import dev.rollcall.local.witness.LedgerView.CountedAnswer;
import dev.rollcall.local.witness.LedgerView.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Joins the ledger with the simulator's call log, which knows nothing of it: every task that succeeded has exactly
/// one answer that counts, with a nonce the simulator put into the answer of that very claim; and an answer that was
/// paid for and is not used belongs to a claim whose call was broken off, because its worker died or because it was
/// cancelled.
///
/// @param answered tasks with one proven answer
/// @param failed tasks that failed for good
/// @param cancelled tasks that somebody cancelled
/// @param lost tasks that are neither
/// @param duplicates answers that count beyond one a task
/// @param calls all of them
/// @param unanswered calls that brought an error, as they were told to: each has a retry or a failed task behind it
/// @param extra calls that were paid for and whose answer nobody has
/// @param objections what must not be, in words
public record Audit(
        int tasks,
        int answered,
        int failed,
        int cancelled,
        int lost,
        int duplicates,
        int calls,
        int unanswered,
        int extra,
        List<String> objections) {

    public static Audit of(LedgerView ledger, List<Call> calls) {
        return new Join(ledger, calls).audit();
    }

    public boolean holds() {
        return lost == 0 && duplicates == 0 && objections.isEmpty();
    }

    private static final class Join {

        private final LedgerView ledger;
        private final List<Call> calls;
        private final Map<Claim, Call> byClaim = new HashMap<>();
        private final Map<Long, CountedAnswer> counted = new HashMap<>();
        private final List<String> objections = new ArrayList<>();
        private int duplicates;

        Join(LedgerView ledger, List<Call> calls) {
            this.ledger = ledger;
            this.calls = calls;
        }

        Audit audit() {
            calls.forEach(this::place);
            ledger.answers().forEach(this::count);
            int answered = 0;
            int failed = 0;
            int cancelled = 0;
            for (Task task : ledger.tasks()) {
                switch (task.state()) {
                    case "succeeded" -> answered += isProven(task) ? 1 : 0;
                    case "failed" -> failed++;
                    case "cancelled" -> cancelled++;
                    default -> objections.add("task %d is %s".formatted(task.id(), task.state()));
                }
            }
            int total = ledger.tasks().size();
            int lost = total - answered - failed - cancelled;
            int unanswered = (int) calls.stream().filter(call -> !call.isPaid()).count();
            return new Audit(
                    total,
                    answered,
                    failed,
                    cancelled,
                    lost,
                    duplicates,
                    calls.size(),
                    unanswered,
                    extra(),
                    List.copyOf(objections));
        }

        private void place(Call call) {
            if (byClaim.put(claim(call), call) != null) {
                objections.add("task %d was called twice in attempt %d".formatted(call.task(), call.attempt()));
            }
        }

        private void count(CountedAnswer answer) {
            if (counted.put(answer.claim().task(), answer) != null) {
                duplicates++;
                objections.add(
                        "task %d has two answers".formatted(answer.claim().task()));
            }
        }

        private boolean isProven(Task task) {
            var answer = counted.get(task.id());
            var call = answer == null ? null : byClaim.get(answer.claim());
            String nonce = call == null ? null : call.nonce();
            String text = answer == null ? null : answer.answer();
            if (nonce != null && text != null && text.contains(nonce)) {
                return true;
            }
            objections.add("task %d succeeded without an answer the simulator gave".formatted(task.id()));
            return false;
        }

        private int extra() {
            var used = new HashSet<Claim>();
            counted.values().forEach(answer -> used.add(answer.claim()));
            int extra = 0;
            for (Call call : calls) {
                if (call.isPaid() && !used.contains(claim(call))) {
                    extra++;
                    if (!ledger.broken().contains(claim(call))) {
                        objections.add("attempt %d of task %d was paid for and is not used, and nobody broke it off"
                                .formatted(call.attempt(), call.task()));
                    }
                }
            }
            return extra;
        }

        private static Claim claim(Call call) {
            return new Claim(call.task(), call.attempt());
        }
    }
}
