package dev.rollcall.lab.check;

import dev.rollcall.lab.Terms;
import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.witness.Announced;
import dev.rollcall.lab.witness.Batch;
import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Closing;
import dev.rollcall.lab.witness.Coverage;
import dev.rollcall.lab.witness.Ending;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Footprint;
import dev.rollcall.lab.witness.Incarnation;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.lab.witness.Journal.Verdict;
import dev.rollcall.lab.witness.Leak;
import dev.rollcall.lab.witness.Run;
import dev.rollcall.lab.witness.Sight;
import dev.rollcall.lab.witness.Task;
import dev.rollcall.lab.witness.Wait;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records of a small trial in which all went well, to be doctored: two tasks of acme's batch 7 on `openai`, each
/// claimed once by worker-1 and answered within a second.
final class Doctored {

    static final Instant START = Instant.parse("2026-11-22T03:00:00Z");
    static final long ONE = (1L << 24) | 0;
    static final long TWO = (1L << 24) | 1;

    final List<Strike> strikes = new ArrayList<>();
    final List<Task> tasks = new ArrayList<>();
    final List<Ending> endings = new ArrayList<>();
    final List<Change> changes = new ArrayList<>();
    final List<Wait> waits = new ArrayList<>();
    final List<Batch> batches = new ArrayList<>();
    final List<Closing> closings = new ArrayList<>();
    final List<Run> runs = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final List<Announced> announced = new ArrayList<>();
    final List<Entry> journal = new ArrayList<>();
    final List<Sight> sights = new ArrayList<>();
    final List<Coverage> coverages = new ArrayList<>();
    final List<Leak> leaks = new ArrayList<>();
    final List<Footprint> before = new ArrayList<>();
    final List<Footprint> after = new ArrayList<>();
    final List<Evidence.Limit> limits = new ArrayList<>();

    @Nullable
    Instant healed = at(0);

    Instant gathered = at(20);

    Doctored() {
        for (long task : new long[] {ONE, TWO}) {
            tasks.add(task(task, "succeeded", 1));
            claimed(task, 1, 1, 0);
            called(task, 1, 0.1, 0.9, "answered", nonce(task, 1));
            changes.add(new Change(task, "running", "succeeded", 1, null, "rollcall_worker", at(1)));
            endings.add(ending(task, 1, false, "succeeded", nonce(task, 1)));
            announced.add(new Announced(new Claim(task, 1), "succeeded"));
        }
        batches.add(batch(Map.of("succeeded", 2L), Map.of("succeeded", 2L), Map.of("succeeded", 2L), true));
        closings.add(new Closing(7, at(1), 0));
        journal.add(entry("batch.submit", "acme", "7 2", 0));
        runs.add(new Run(1, "daily", "2026-11-22", 1, "daily:2026-11-22"));
        sights.add(new Sight("acme", "/api/batch/7", true, 200, List.of()));
        sights.add(new Sight("bravo", "/api/batch/7", false, 404, List.of()));
        coverages.add(new Coverage("daily:2026-11-22", 2, 2, 2, 2, List.of()));
        before.add(new Footprint("worker-1", 100, 40, 80, 8, 50_000));
        after.add(new Footprint("worker-1", 100, 41, 80, 8, 51_000));
    }

    static Instant at(double seconds) {
        return START.plusMillis((long) (seconds * 1000));
    }

    static String nonce(long task, int attempt) {
        return "%031d%d".formatted(task, attempt);
    }

    static Task task(long id, String state, int attempt) {
        String reason = state.equals("failed") || state.equals("cancelled") ? "http_500" : null;
        return new Task(id, 7, "acme", "rows", null, "openai", state, attempt, reason);
    }

    static Ending ending(long task, int attempt, boolean late, String outcome, @Nullable String nonce) {
        return ending(task, attempt, 1, late, outcome, nonce);
    }

    /// @param worker 1 for worker-1, 2 for worker-2
    static Ending ending(long task, int attempt, long worker, boolean late, String outcome, @Nullable String nonce) {
        return new Ending(
                new Claim(task, attempt), worker, late, outcome, null, nonce, "canary-acme-00000000", at(0), at(1));
    }

    static Batch batch(Map<String, Long> rows, Map<String, Long> tallies, Map<String, Long> told, boolean closed) {
        return new Batch(7, "acme", "rows", null, closed, rows, tallies, told);
    }

    static Entry entry(String what, String subject, String answer, double seconds) {
        return new Entry(at(seconds), at(seconds + 0.1), what, subject, Verdict.OK, answer);
    }

    /// @param worker 1 for worker-1, 2 for worker-2
    void claimed(long task, int attempt, long worker, double seconds) {
        changes.add(new Change(task, "pending", "running", attempt, worker, "rollcall_worker", at(seconds)));
    }

    /// An attempt ends, and the next one is to wait.
    void waits(long task, int attempt, double seconds, double until) {
        changes.add(new Change(task, "running", "pending", attempt, null, "rollcall_worker", at(seconds)));
        waits.add(new Wait(task, attempt, at(until), false, at(seconds)));
    }

    /// What waits is made due at once.
    void hurried(long task, int attempt, double seconds) {
        waits.add(new Wait(task, attempt, Instant.EPOCH, true, at(seconds)));
    }

    void called(long task, int attempt, double from, double until, String outcome, @Nullable String nonce) {
        calls.add(new Call(task, attempt, "openai", outcome, nonce, at(from), at(until)));
    }

    void struck(Strike.Kind kind, String target, double from, double until) {
        strikes.add(new Strike(kind, target, at(from), at(until)));
    }

    Evidence evidence() {
        return new Evidence(
                Terms.SHORT,
                healed,
                gathered,
                strikes,
                tasks,
                endings,
                changes,
                waits,
                List.of(new Incarnation(1, "worker-1"), new Incarnation(2, "worker-2")),
                batches,
                closings,
                runs,
                calls,
                announced,
                journal,
                sights,
                coverages,
                leaks,
                before,
                after,
                Map.of("openai", 2),
                limits);
    }
}
