package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.ComposedBound;
import dev.rollcall.bench.figures.ComposedBound.Step;
import dev.rollcall.bench.machine.Cpu;
import dev.rollcall.bench.machine.Machine;
import dev.rollcall.bench.subject.Ledger;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Records;
import dev.rollcall.bench.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// The CPU of each step that a task is composed of, each done alone and in bulk: rows in by COPY, a hint sent and read,
/// the claim, the end with its answer, the news of it sent and read. What is left out is what Rollcall adds: JSON,
/// threads, counts, checks.
record Steps(Subject subject, Order order) {

    private static final int TASKS_A_TRANSACTION = 1000;
    /// What the dispatcher puts in a hint when there is plenty to do.
    private static final int TASKS_A_HINT = 64;
    private static final int HINT_BYTES = 800;
    /// What a worker puts in a record of news when much ends at one time.
    private static final int TASKS_A_NEWS = 500;

    private static final int BYTES_AN_END = 120;

    /// Goes through all steps twice, and counts the second time: the first is the compilers'.
    ComposedBound measure() throws InterruptedException {
        once();
        return new ComposedBound(Machine.cores(), once());
    }

    private List<Step> once() throws InterruptedException {
        var ledger = subject.ledger();
        var steps = new ArrayList<Step>();
        int hints = Math.ceilDiv(order.tasks(), TASKS_A_HINT);
        int news = Math.ceilDiv(order.tasks(), TASKS_A_NEWS);
        var handed = new AtomicReference<Ledger.Handed>();
        try (var records = Records.open(subject.system().kafkaBootstrap())) {
            steps.add(step("rows in", () -> handed.set(ledger.handClosed(order))));
            steps.add(step("hint", () -> records.through(hints, HINT_BYTES)));
            steps.add(step("claim", () -> ledger.claim(handed.get(), TASKS_A_TRANSACTION)));
            steps.add(step("end", () -> ledger.end(handed.get(), order, TASKS_A_TRANSACTION)));
            steps.add(step("news", () -> records.through(news, TASKS_A_NEWS * BYTES_AN_END)));
        }
        return List.copyOf(steps);
    }

    private Step step(String name, Runnable work) {
        subject.ledger().settle();
        Map<String, Long> pids = new LinkedHashMap<>(subject.pids());
        pids.keySet().retainAll(List.of("postgresql", "kafka", "client"));
        Cpu before = Cpu.of(pids);
        work.run();
        double seconds = Cpu.of(pids).since(before).sum();
        return new Step(name, Math.max(seconds, 1e-9) / order.tasks());
    }
}
