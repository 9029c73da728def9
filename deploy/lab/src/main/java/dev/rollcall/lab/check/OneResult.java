package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Ending;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Task;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I2
final class OneResult implements Invariant {

    @Override
    public String id() {
        return "I2";
    }

    @Override
    public String sentence() {
        return "one result a task, with a nonce the provider issued for that task and that attempt";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return evidence.endings().stream().anyMatch(Ending::counts);
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Map<Long, List<Ending>> results = evidence.endings().stream()
                .filter(Ending::counts)
                .collect(Collectors.groupingBy(ending -> ending.claim().task()));
        Map<Claim, Set<String>> issued = evidence.calls().stream()
                .filter(call -> call.nonce() != null)
                .collect(Collectors.groupingBy(
                        call -> new Claim(call.task(), call.attempt()),
                        Collectors.mapping(Call::nonce, Collectors.toSet())));
        Stream<String> twice = results.values().stream()
                .filter(several -> several.size() > 1)
                .map(several -> "%s has %d results".formatted(several.getFirst().claim(), several.size()));
        // all work of the laboratory is prompts, and every good answer of the simulator carries a nonce
        Stream<String> foreign = results.values().stream()
                .flatMap(List::stream)
                .filter(result -> !issued.getOrDefault(result.claim(), Set.of()).contains(nonce(result)))
                .map(result ->
                        "%s has the nonce %s, which was not issued for it".formatted(result.claim(), nonce(result)));
        Stream<String> without = evidence.tasks().stream()
                .filter(Task::succeeded)
                .filter(task -> !results.containsKey(task.id()))
                .map(task -> "task %d succeeded without a result".formatted(task.id()));
        return Stream.concat(twice, Stream.concat(foreign, without));
    }

    private static String nonce(Ending result) {
        return Objects.requireNonNullElse(result.nonce(), "(none)");
    }
}
