package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.lab.witness.Journal.Verdict;
import dev.rollcall.lab.witness.Task;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// I8
final class CancelHolds implements Invariant {

    private static final Set<String> ANEW = Set.of("resume", "retry", "retry-failed");
    /// A call is on its way for a moment before the provider sees it.
    private static final Duration ON_THE_WAY = Duration.ofMillis(500);

    /// @param until somebody asked for the work again; null if nobody did
    private record Rest(Instant cancelled, Instant until) {}

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
        Map<Long, Rest> rests = rests(evidence);
        Duration grace = evidence.terms().heartbeat().plus(ON_THE_WAY);
        Stream<String> calls = evidence.calls().stream()
                .filter(call -> isLate(call, rests.get(call.task()), grace))
                .map(call -> "task %d was called at %s, after its cancel was answered"
                        .formatted(call.task(), call.received()));
        Stream<String> back = evidence.changes().stream()
                .filter(change -> change.from().equals("cancelled"))
                .filter(change -> !wasAskedAnew(change, evidence))
                .map(change -> "task %d went from cancelled to %s at %s, and nobody asked for it"
                        .formatted(change.task(), change.to(), change.at()));
        return Stream.concat(calls, back);
    }

    private static boolean isLate(Call call, @Nullable Rest rest, Duration grace) {
        return rest != null
                && call.received().isAfter(rest.cancelled().plus(grace))
                && call.received().isBefore(rest.until());
    }

    private static boolean wasAskedAnew(Change change, Evidence evidence) {
        return evidence.journal().stream()
                .anyMatch(entry -> isAnew(entry)
                        && entry.verdict() != Verdict.FAIL
                        && !entry.asked().isAfter(change.at()));
    }

    private static Map<Long, Rest> rests(Evidence evidence) {
        Map<Long, Rest> rests = new HashMap<>();
        for (Entry cancel :
                evidence.journal().stream().filter(CancelHolds::isCancel).toList()) {
            Instant until = evidence.journal().stream()
                    .filter(entry -> isAnew(entry) && entry.subject().equals(cancel.subject()))
                    .map(Entry::asked)
                    .filter(asked -> asked.isAfter(cancel.answered()))
                    .min(Instant::compareTo)
                    .orElse(Instant.MAX);
            tasks(cancel, evidence.tasks()).forEach(task -> rests.put(task.id(), new Rest(cancel.answered(), until)));
        }
        return rests;
    }

    private static Stream<Task> tasks(Entry cancel, List<Task> tasks) {
        long id = Long.parseLong(cancel.subject());
        return cancel.what().equals("job.cancel")
                ? tasks.stream().filter(task -> task.id() == id)
                : tasks.stream().filter(task -> task.batch() == id);
    }

    private static boolean isCancel(Entry entry) {
        return entry.what().endsWith(".cancel") && entry.verdict() == Verdict.OK;
    }

    private static boolean isAnew(Entry entry) {
        return ANEW.contains(entry.what().substring(entry.what().indexOf('.') + 1));
    }
}
