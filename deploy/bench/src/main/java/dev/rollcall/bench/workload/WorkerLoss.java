package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.Ledger;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Subject;
import dev.rollcall.local.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// B12: one of two workers is killed when half of the work is done, beside the same work undisturbed.
public final class WorkerLoss implements Workload {

    private static final int TASKS = 20_000;
    private static final int LEAST_TASKS = 8000;
    private static final int MILLIS = 500;
    private static final int PERMITS = 200;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration BOUND = Duration.ofMinutes(10);
    private static final String VICTIM = "worker-2";
    private static final double FULL_RATE = 0.9;
    private static final double LONGER = 1.15;

    /// @param extraCalls attempts beyond one a task
    /// @param inFlight what the killed worker was running
    /// @param recovered seconds from the kill until the rate was full again
    private record Loss(double seconds, long extraCalls, long inFlight, double recovered) {}

    @Override
    public String id() {
        return "B12";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        int tasks = Math.max(LEAST_TASKS, rig.effort().of(TASKS));
        var order = new Order(tasks, MILLIS, 100, PERMITS, true);
        var undisturbed = new ArrayList<Double>();
        var losses = new ArrayList<Loss>();
        var blueprint = Subject.blueprint(rig.folder().resolve("b12"))
                .withWorkers(2)
                .with(Service.WORKER, "ROLLCALL_WORKER_HEARTBEAT", "1s")
                .with(Service.WORKER, "ROLLCALL_WORKER_LEASE", LEASE.toSeconds() + "s")
                .with(Service.WORKER, "MP_MESSAGING_INCOMING_TASKS_SESSION_TIMEOUT_MS", Long.toString(LEASE.toMillis()))
                .with(Service.RECONCILER, "ROLLCALL_RECONCILE_EVERY", "1s");
        try (var subject = Subject.start(blueprint)) {
            subject.ledger().allow(PERMITS);
            var rollcall = new RollcallContestant(subject);
            rollcall.turn(order.withTasks(PERMITS * 5));
            for (int round = 0; round < rig.effort().pairs(); round++) {
                Turn alone = rollcall.turn(order);
                if (!alone.right()) {
                    throw new IllegalStateException("answers are missing or wrong, and nobody was killed");
                }
                undisturbed.add(alone.seconds());
                losses.add(disturbed(subject, order));
                subject.system().restart(VICTIM);
                rig.say("round %d: %.1f s undisturbed, %s", round + 1, undisturbed.getLast(), losses.getLast());
            }
        }
        return section(order, undisturbed, losses);
    }

    private static Loss disturbed(Subject subject, Order order) throws InterruptedException {
        var ledger = subject.ledger();
        ledger.settle();
        long begun = System.nanoTime();
        var handed = ledger.handInPieces(order);
        ledger.await(handed, order.tasks() / 2, BOUND);
        Instant killedAt = Instant.now();
        subject.system().kill(VICTIM);
        long inFlight = ledger.database()
                .number(
                        "select count(*) from task t join worker w on w.id = t.worker where t.day = ? and w.name = ? and t.state = 'running'",
                        handed.day(),
                        VICTIM);
        ledger.awaitOver(handed, BOUND);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!ledger.checksum(handed).equals(order.checksum())) {
            throw new IllegalStateException("answers are missing or wrong");
        }
        long attempts = ledger.database()
                .number(
                        "select sum(attempt) from task where day = ? and id >= ? and id < ?",
                        handed.day(),
                        handed.lane() << 24,
                        (handed.lane() << 24) + handed.tasks());
        return new Loss(seconds, attempts - order.tasks(), inFlight, recovered(ledger, handed, killedAt));
    }

    /// The first second after the kill in which as many tasks ended as the permits allow.
    private static double recovered(Ledger ledger, Ledger.Handed handed, Instant killedAt) {
        double full = PERMITS * 1000.0 / MILLIS * FULL_RATE;
        var second = ledger.database()
                .query(
                        row -> row.getDouble(1),
                        """
                        with ends as (
                            select floor(extract(epoch from ended_at - ?::timestamptz)) as second
                            from attempt
                            where day = ? and task >= ? and task < ? and outcome = 'succeeded'
                        )
                        select second from ends where second >= 1 group by second having count(*) >= ? order by second limit 1
                        """,
                        killedAt.atOffset(ZoneOffset.UTC),
                        handed.day(),
                        handed.lane() << 24,
                        (handed.lane() << 24) + handed.tasks(),
                        full);
        return second.isEmpty() ? Double.POSITIVE_INFINITY : second.getFirst();
    }

    private Section section(Order order, List<Double> undisturbed, List<Loss> losses) {
        var disturbed = losses.stream().map(Loss::seconds).toList();
        double longer = new Ratios(disturbed, undisturbed).each().median();
        var raw = new LinkedHashMap<String, List<Double>>();
        raw.put("undisturbed, s", undisturbed);
        raw.put("disturbed, s", disturbed);
        raw.put(
                "extra calls",
                losses.stream().map(loss -> (double) loss.extraCalls()).toList());
        raw.put(
                "in flight at the kill",
                losses.stream().map(loss -> (double) loss.inFlight()).toList());
        raw.put(
                "full rate after, s",
                losses.stream().map(loss -> loss.recovered()).toList());
        Loss worst = losses.stream()
                .max(Comparator.comparingLong(loss -> loss.extraCalls() - loss.inFlight()))
                .orElseThrow();
        long beyond = worst.extraCalls() - worst.inFlight();
        double recovered = Sample.of(losses, Loss::recovered).most();
        return new Section(
                id(),
                "%,d x %d ms on two workers, one killed at half".formatted(order.tasks(), MILLIS),
                List.of("run", "s", "extra calls", "in flight at the kill", "full rate after s"),
                List.of(
                        Cells.of("undisturbed", Sample.of(undisturbed).median(), null, null, null),
                        Cells.of(
                                "one worker killed",
                                Sample.of(disturbed).median(),
                                worst.extraCalls(),
                                worst.inFlight(),
                                recovered)),
                List.of(
                        Aim.atMost("1.15 x the undisturbed time", longer, LONGER, " x"),
                        Aim.atMost("extra calls <= in flight", beyond, 0, " beyond, at most"),
                        Aim.atMost("full rate again within lease + 5 s", recovered, LEASE.toSeconds() + 5.0, " s")),
                List.of(
                        "full rate: the first whole second in which 90 % of what the permits allow ended",
                        "extra calls and what was in flight: of the worst round; full rate: the latest"),
                Map.of("heartbeat, lease, reconcile every", "1 s, 5 s, 1 s", "permits", Integer.toString(PERMITS)),
                raw);
    }
}
