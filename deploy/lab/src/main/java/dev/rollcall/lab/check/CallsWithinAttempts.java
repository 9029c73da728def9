package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Task;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I4
final class CallsWithinAttempts implements Invariant {

    @Override
    public String id() {
        return "I4";
    }

    @Override
    public String sentence() {
        return "calls of a task <= its attempts, and one call an attempt";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.calls().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Map<Claim, Long> byClaim = evidence.calls().stream()
                .collect(Collectors.groupingBy(call -> new Claim(call.task(), call.attempt()), Collectors.counting()));
        Map<Long, Integer> attempts = evidence.tasks().stream().collect(Collectors.toMap(Task::id, Task::attempt));
        Map<Long, Long> byTask =
                evidence.calls().stream().collect(Collectors.groupingBy(Call::task, Collectors.counting()));
        return Stream.concat(
                byClaim.entrySet().stream()
                        .filter(calls -> calls.getValue() > 1)
                        .map(calls -> "%s was called %d times".formatted(calls.getKey(), calls.getValue())),
                byTask.entrySet().stream()
                        .filter(calls -> attempts.containsKey(calls.getKey()))
                        .filter(calls -> calls.getValue() > attempts.getOrDefault(calls.getKey(), 0))
                        .map(calls -> "task %d was called %d times in %d attempts"
                                .formatted(calls.getKey(), calls.getValue(), attempts.get(calls.getKey()))));
    }
}
