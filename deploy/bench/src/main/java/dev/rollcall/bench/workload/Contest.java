package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.peer.Peer;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Rollcall and its peers, which take turns at the same order: each peer as it is best, and keeping a row for
/// each answer.
///
/// @param settings what the peers are told
record Contest(Order order, Rounds<Turn> rounds, Map<String, String> settings) {

    static Contest hold(Subject subject, Order order, Rig rig) throws InterruptedException {
        var contestants = new LinkedHashMap<String, Rounds.Taking<Turn>>();
        var settings = new LinkedHashMap<>(Subject.SETTINGS);
        add(contestants, new RollcallContestant(subject), order);
        for (Peer peer : Peer.values()) {
            if (rig.wants(peer.title())) {
                add(contestants, new PeerContestant(subject, rig.peers(), peer, false), order);
                add(contestants, new PeerContestant(subject, rig.peers(), peer, true), order);
                int concurrency = PeerContestant.concurrency(order);
                settings.put(peer.title(), peer.told(rig.peers().settings(peer, concurrency)));
            }
        }
        return new Contest(order, Rounds.hold(contestants, rig, Turn::told), settings);
    }

    private static void add(Map<String, Rounds.Taking<Turn>> contestants, Contestant contestant, Order order) {
        contestants.put(contestant.name(), () -> contestant.turn(order));
    }

    /// Those that were measured in every round.
    List<String> names() {
        return List.copyOf(rounds.taken().keySet());
    }

    /// Why others were not.
    Map<String, String> skipped() {
        return rounds.skipped();
    }

    List<Turn> turns(String name) {
        return rounds.taken().getOrDefault(name, List.of());
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

    /// A peer that is not right is skipped.
    boolean allRight(String name) {
        return turns(name).stream().allMatch(Turn::right);
    }

    Aim everythingIsThere() {
        boolean right = allRight(RollcallContestant.NAME);
        return new Aim("every row and answer of Rollcall's is there", right ? "all are" : "WRONG", right);
    }
}
