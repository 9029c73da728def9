package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.lab.witness.Journal.Verdict;
import dev.rollcall.lab.witness.Task;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I8
final class CancelHolds implements Invariant {

    /// What takes a cancel back, of the same subject.
    private static final Map<String, String> ANEW = Map.of("batch.cancel", "batch.resume", "job.cancel", "job.retry");

    /// A call is on its way for a moment before the provider sees it.
    private static final Duration ON_THE_WAY = Duration.ofMillis(500);

    /// A time in which nothing of it may begin.
    ///
    /// @param until somebody asked for the work again; the end of time if nobody did
    private record Rest(Instant cancelled, Instant until) {

        boolean covers(Instant at) {
            return at.isAfter(cancelled) && at.isBefore(until);
        }
    }

    @Override
    public String id() {
        return "I8";
    }

    @Override
    public String sentence() {
        return "no call starts later than one heartbeat after a cancel was answered; cancelled stays cancelled";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return evidence.journal().stream().anyMatch(CancelHolds::isCancel);
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Map<Long, List<Rest>> rests = rests(evidence);
        Duration grace = evidence.terms().heartbeat().plus(ON_THE_WAY);
        Stream<String> calls = evidence.calls().stream()
                .filter(call -> isLate(call, rests.getOrDefault(call.task(), List.of()), grace))
                .map(call -> "task %d was called at %s, after its cancel was answered"
                        .formatted(call.task(), call.received()));
        Map<Long, Task> tasks = evidence.tasks().stream().collect(Collectors.toMap(Task::id, Function.identity()));
        Stream<String> back = evidence.changes().stream()
                .filter(change -> change.from().equals("cancelled"))
                .filter(change -> !wasAskedAnew(change, tasks, evidence)
                        || rests.getOrDefault(change.task(), List.of()).stream()
                                .anyMatch(rest -> rest.covers(change.at())))
                .map(change -> "task %d went from cancelled to %s at %s, and nobody asked for it"
                        .formatted(change.task(), change.to(), change.at()));
        return Stream.concat(calls, back);
    }

    private static boolean isLate(Call call, List<Rest> rests, Duration grace) {
        return rests.stream()
                .anyMatch(rest -> new Rest(rest.cancelled().plus(grace), rest.until()).covers(call.received()));
    }

    /// For this task or its batch.
    private static boolean wasAskedAnew(Change change, Map<Long, Task> tasks, Evidence evidence) {
        Task task = tasks.get(change.task());
        return task != null
                && evidence.journal().stream()
                        .filter(entry -> entry.verdict() != Verdict.FAIL
                                && !entry.asked().isAfter(change.at()))
                        .filter(entry -> ANEW.containsValue(entry.what()))
                        .anyMatch(entry -> concerns(entry, task));
    }

    private static Map<Long, List<Rest>> rests(Evidence evidence) {
        Map<Long, List<Rest>> rests = new HashMap<>();
        for (Entry cancel :
                evidence.journal().stream().filter(CancelHolds::isCancel).toList()) {
            Instant until = evidence.journal().stream()
                    .filter(entry -> takesBack(entry, cancel))
                    .map(Entry::asked)
                    .min(Instant::compareTo)
                    .orElse(Instant.MAX);
            evidence.tasks().stream().filter(task -> concerns(cancel, task)).forEach(task -> rests.computeIfAbsent(
                            task.id(), id -> new ArrayList<>())
                    .add(new Rest(cancel.answered(), until)));
        }
        return rests;
    }

    /// What was over before the cancel was asked takes nothing back, and what was refused neither. Nobody knows when
    /// something without an answer was done.
    private static boolean takesBack(Entry anew, Entry cancel) {
        return anew.what().equals(ANEW.get(cancel.what()))
                && anew.subject().equals(cancel.subject())
                && switch (anew.verdict()) {
                    case OK -> anew.answered().isAfter(cancel.asked());
                    case UNKNOWN -> true;
                    case FAIL -> false;
                };
    }

    private static boolean concerns(Entry entry, Task task) {
        long id = Long.parseLong(entry.subject());
        return entry.what().startsWith("job.") ? task.id() == id : task.batch() == id;
    }

    private static boolean isCancel(Entry entry) {
        return ANEW.containsKey(entry.what()) && entry.verdict() == Verdict.OK;
    }
}
