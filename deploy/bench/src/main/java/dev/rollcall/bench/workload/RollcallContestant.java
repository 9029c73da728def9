package dev.rollcall.bench.workload;

import dev.rollcall.bench.machine.Cpu;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Subject;
import java.time.Duration;

/// Rollcall: it runs all the time, as it does where it is used.
record RollcallContestant(Subject subject) implements Contestant {

    static final String NAME = "rollcall";
    private static final Duration BOUND = Duration.ofMinutes(30);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Turn turn(Order order) throws InterruptedException {
        subject.ledger().settle();
        Cpu before = Cpu.of(subject.pids());
        long begun = System.nanoTime();
        var handed = subject.ledger().handInPieces(order);
        subject.ledger().awaitOver(handed, BOUND);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Cpu used = Cpu.of(subject.pids()).since(before);
        boolean right = subject.ledger().checksum(handed).equals(order.checksum());
        return new Turn(order.tasks(), seconds, used, right);
    }
}
