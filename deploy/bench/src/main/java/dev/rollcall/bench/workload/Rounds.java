package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.Rotation;
import dev.rollcall.bench.peer.Unavailable;
import dev.rollcall.bench.subject.LedgerFailure;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Turns of contestants, round by round, see [Rotation]. Who can't be had, or fails, is skipped from then on, and
/// that is told; Rollcall may not fail.
///
/// @param taken by name, those that were measured in every round
/// @param skipped why others were not
/// @param <T> what comes of a turn
record Rounds<T>(Map<String, List<T>> taken, Map<String, String> skipped) {

    /// One turn of one contestant.
    interface Taking<T> {
        T turn() throws Unavailable, InterruptedException;
    }

    /// @param told what came of a turn, for people
    static <T> Rounds<T> hold(Map<String, Taking<T>> contestants, Rig rig, Function<T, String> told)
            throws InterruptedException {
        var rounds = new Rounds<T>(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (int round = 0; round < rig.effort().pairs(); round++) {
            for (var contestant : Rotation.of(List.copyOf(contestants.entrySet()), round)) {
                String name = contestant.getKey();
                if (rounds.skipped.containsKey(name)) {
                    continue;
                }
                try {
                    T turn = contestant.getValue().turn();
                    rounds.taken.computeIfAbsent(name, _ -> new ArrayList<>()).add(turn);
                    rig.say("round %d, %s: %s", round + 1, name, told.apply(turn));
                } catch (Unavailable e) {
                    rounds.skip(name, e, rig);
                } catch (IllegalStateException | UncheckedIOException | LedgerFailure e) {
                    if (name.equals(RollcallContestant.NAME)) {
                        throw e;
                    }
                    rounds.skip(name, e, rig);
                }
            }
        }
        rounds.skipped.keySet().forEach(rounds.taken::remove);
        return rounds;
    }

    private void skip(String name, Exception why, Rig rig) {
        skipped.put(name, String.valueOf(why.getMessage()));
        rig.say("%s is skipped: %s", name, String.valueOf(why.getMessage()));
    }
}
