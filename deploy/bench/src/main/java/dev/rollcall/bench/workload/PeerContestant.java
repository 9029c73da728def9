package dev.rollcall.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.bench.figures.Checksum;
import dev.rollcall.bench.machine.Cpu;
import dev.rollcall.bench.peer.Peer;
import dev.rollcall.bench.peer.Peers;
import dev.rollcall.bench.peer.Unavailable;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Subject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A peer on the same PostgreSQL, started for its turn and warmed up with a third of the work.
///
/// @param keep whether it keeps each answer in a row
record PeerContestant(Subject subject, Peers peers, Peer peer, boolean keep) implements Contestant {

    private static final Duration BOUND = Duration.ofMinutes(30);

    @Override
    public String name() {
        return peer.title() + (keep ? ", result kept" : "");
    }

    @Override
    public Turn turn(Order wanted) throws Unavailable, InterruptedException {
        Order order = wanted.kept(keep);
        try (var running = peers.start(peer, subject.system().jdbcUrl(), keep)) {
            running.ask(question(order.withTasks(Math.max(1, order.tasks() / 3))), BOUND);
            running.ask(Map.of("what", "clear"), BOUND);
            subject.ledger().settle();
            var pids = new HashMap<>(running.pids());
            pids.put("postgresql", subject.system().pids().get("postgresql"));
            Cpu before = Cpu.of(pids);
            long begun = System.nanoTime();
            JsonNode answer = running.ask(question(order), BOUND);
            double seconds = (System.nanoTime() - begun) / 1e9;
            Cpu used = Cpu.of(pids).since(before);
            if (!ran(order, answer) || keep && !kept(order, running)) {
                throw new IllegalStateException("its rows or answers are not what they must be");
            }
            return new Turn(order.tasks(), seconds, used, true);
        }
    }

    /// Tasks that do nothing need no places: who runs them has as many as is best for it.
    static int concurrency(Order order) {
        return order.millis() == 0 ? 1 : order.concurrency();
    }

    private Map<String, ?> question(Order order) {
        return Map.of(
                "what", "run",
                "tasks", order.tasks(),
                "millis", order.millis(),
                "bytes", order.bytes(),
                "settings", peers.settings(peer, concurrency(order)),
                "keep", order.keep());
    }

    private static boolean ran(Order order, JsonNode answer) {
        long tasks = order.tasks();
        return answer.path("count").asLong() == tasks && answer.path("numbers").asLong() == tasks * (tasks - 1) / 2;
    }

    /// Whether it kept every answer.
    static boolean kept(Order order, Peers.Running running) throws InterruptedException {
        JsonNode kept = running.ask(Map.of("what", "kept"), BOUND);
        return new Checksum(kept.path("rows").asLong(), kept.path("sum").asLong()).equals(order.checksum());
    }
}
