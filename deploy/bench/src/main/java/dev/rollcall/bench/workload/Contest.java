package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Rotation;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.peer.Unavailable;
import dev.rollcall.bench.subject.Order;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Contestants that take turns at the same order, round by round.
final class Contest {

    private final Map<String, List<Turn>> turns = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();

    /// A contestant that can't be had, or fails, is skipped from then on, and that is told; Rollcall may not fail.
    static Contest hold(List<Contestant> contestants, Order order, Rig rig) throws InterruptedException {
        var contest = new Contest();
        for (int round = 0; round < rig.effort().pairs(); round++) {
            for (Contestant contestant : Rotation.of(contestants, round)) {
                if (!contest.skipped.containsKey(contestant.name())) {
                    contest.take(contestant, order, round, rig);
                }
            }
        }
        contest.skipped.keySet().forEach(contest.turns::remove);
        return contest;
    }

    private void take(Contestant contestant, Order order, int round, Rig rig) throws InterruptedException {
        try {
            Turn turn = contestant.turn(order);
            turns.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(turn);
            rig.say(
                    "round %d, %s: %,.0f tasks/s, %.0f µs of CPU a task%s",
                    round + 1,
                    contestant.name(),
                    turn.tasksPerSecond(),
                    turn.cpuMicrosPerTask(),
                    turn.right() ? "" : ", WRONG ROWS");
        } catch (Unavailable e) {
            skip(contestant, e, rig);
        } catch (IllegalStateException | UncheckedIOException e) {
            if (contestant instanceof RollcallContestant) {
                throw e;
            }
            skip(contestant, e, rig);
        }
    }

    private void skip(Contestant contestant, Exception why, Rig rig) {
        skipped.put(contestant.name(), String.valueOf(why.getMessage()));
        rig.say("%s is skipped: %s", contestant.name(), String.valueOf(why.getMessage()));
    }

    /// Those that were measured in every round.
    List<String> names() {
        return List.copyOf(turns.keySet());
    }

    /// Why others were not.
    Map<String, String> skipped() {
        return skipped;
    }

    List<Turn> turns(String name) {
        return turns.getOrDefault(name, List.of());
    }

    Sample each(String name, ToDoubleFunction<Turn> figure) {
        return Sample.of(turns(name), figure);
    }

    /// Rollcall's rate divided by another's, pair by pair.
    Sample ahead(String name) {
        return new Ratios(rates(RollcallContestant.NAME), rates(name)).each();
    }

    List<Double> rates(String name) {
        return turns(name).stream().map(Turn::tasksPerSecond).toList();
    }

    boolean allRight(String name) {
        return turns(name).stream().allMatch(Turn::right);
    }
}
