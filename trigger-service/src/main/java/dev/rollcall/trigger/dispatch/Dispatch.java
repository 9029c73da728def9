package dev.rollcall.trigger.dispatch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.message.TaskHint;
import dev.rollcall.trigger.dispatch.Lanes.Due;
import dev.rollcall.trigger.dispatch.Lanes.Step;
import dev.rollcall.trigger.hint.Hints;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One pass of dispatch as data: the hints to send, and what to write down once the broker has them.
///
/// @param hints each of one day and one provider, in the order of the turns
/// @param steps how the lanes' cursors move; those of lanes that only had retries stay
/// @param due the retries that are served
record Dispatch(List<TaskHint> hints, List<Step> steps, List<Due> due) {
    /// Serves the turns: of each lane first what is due again, then what was never hinted.
    ///
    /// @param turns the source of each turn in order
    /// @param due the retries of those lanes, at most as many as the lane has turns
    static Dispatch of(List<Source> turns, List<Due> due) {
        Map<Long, Deque<Due>> again = new HashMap<>();
        due.forEach(entry ->
                again.computeIfAbsent(entry.lane(), lane -> new ArrayDeque<>()).add(entry));
        Map<Long, Step> steps = new LinkedHashMap<>();
        List<Due> served = new ArrayList<>();
        Map<Target, List<Long>> tasks = new LinkedHashMap<>();
        for (Source turn : turns) {
            List<Long> target = tasks.computeIfAbsent(new Target(turn.day(), turn.provider()), t -> new ArrayList<>());
            Deque<Due> waiting = again.getOrDefault(turn.lane(), new ArrayDeque<>());
            Due retry = waiting.poll();
            if (retry != null) {
                served.add(retry);
                steps.putIfAbsent(turn.lane(), new Step(turn.lane(), turn.next(), turn.next()));
                target.add(retry.task());
                continue;
            }
            Step step = steps.getOrDefault(turn.lane(), new Step(turn.lane(), turn.next(), turn.next()));
            if (step.to() < turn.next() + turn.fresh()) {
                target.add(TaskId.of(turn.lane(), step.to()).value());
                steps.put(turn.lane(), new Step(turn.lane(), turn.next(), step.to() + 1));
            }
        }
        List<TaskHint> hints = tasks.entrySet().stream()
                .flatMap(entry -> Hints.of(
                        entry.getKey().day(),
                        entry.getKey().provider(),
                        entry.getValue(),
                        entry.getValue().size())
                        .stream())
                .toList();
        return new Dispatch(hints, List.copyOf(steps.values()), served);
    }

    private record Target(LocalDate day, String provider) {}

    /// How many turns each lane got that has retries to serve.
    static Map<Long, Integer> turnsOfLanesWithDue(List<Source> turns) {
        return turns.stream()
                .filter(turn -> turn.due() > 0)
                .collect(groupingBy(Source::lane, LinkedHashMap::new, summingInt(turn -> 1)));
    }
}
