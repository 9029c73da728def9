package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.machine.Memory;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Rerun;
import dev.rollcall.bench.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// B11: from the start of a service to its first answer while PostgreSQL and Kafka are up, with and without the JDK's
/// ahead-of-time cache; and its memory, idle and with tasks in flight.
public final class ColdStart implements Workload {

    private static final double OF_PLAIN = 0.45;
    private static final double IDLE = 150;
    private static final double IN_FLIGHT = 350;
    private static final int TASKS = 10_000;
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofMinutes(3);

    @Override
    public String id() {
        return "B11";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        var cached = new LinkedHashMap<String, List<Double>>();
        var plain = new LinkedHashMap<String, List<Double>>();
        var idle = new LinkedHashMap<String, Double>();
        double inFlight;
        try (var subject = Subject.start(Subject.blueprint(rig.folder().resolve("b11")))) {
            Thread.sleep(QUIET);
            for (String name : subject.system().names()) {
                idle.put(name, Memory.of(subject.pid(name)));
            }
            inFlight = inFlight(subject);
            for (String name : subject.system().names()) {
                var rerun = Rerun.of(subject, name);
                if (!rerun.hasCache()) {
                    rig.say("%s has no cache: ./rollcall build records them", name);
                    continue;
                }
                Thread.sleep(QUIET); // the one before has just started again
                subject.system().stop(name);
                for (int round = 0; round < rig.effort().pairs(); round++) {
                    cached.computeIfAbsent(name, n -> new ArrayList<>()).add(rerun.secondsToAnswer(true));
                    plain.computeIfAbsent(name, n -> new ArrayList<>()).add(rerun.secondsToAnswer(false));
                    rig.say(
                            "round %d, %s: %.2f s with, %.2f s without the cache",
                            round + 1,
                            name,
                            cached.get(name).getLast(),
                            plain.get(name).getLast());
                }
                subject.system().restart(name);
            }
        }
        return section(cached, plain, idle, inFlight);
    }

    /// The worker's memory while it runs that many tasks at one time.
    private static double inFlight(Subject subject) throws InterruptedException {
        var ledger = subject.ledger();
        ledger.allow(TASKS);
        var handed = ledger.hand(new Order(TASKS, 20_000, 500, TASKS, true));
        long end = System.nanoTime() + BOUND.toNanos();
        double most = 0;
        long running = 0;
        while (running < TASKS && System.nanoTime() < end) {
            running = ledger.database()
                    .number("select coalesce(sum(running), 0) from tally where lane = ?", handed.lane());
            most = Math.max(most, Memory.of(subject.pid("worker-1")));
            Thread.sleep(Duration.ofMillis(100));
        }
        if (running < TASKS) {
            throw new IllegalStateException("only %d tasks ran at one time".formatted(running));
        }
        ledger.awaitOver(handed, BOUND);
        return Math.max(most, Memory.of(subject.pid("worker-1")));
    }

    private Section section(
            Map<String, List<Double>> cached,
            Map<String, List<Double>> plain,
            Map<String, Double> idle,
            double inFlight) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var aims = new ArrayList<Aim>();
        idle.forEach((name, memory) -> {
            var with = cached.getOrDefault(name, List.of());
            var without = plain.getOrDefault(name, List.of());
            Double ratio =
                    with.isEmpty() ? null : new Ratios(with, without).each().median();
            rows.add(Cells.of(
                    name,
                    with.isEmpty() ? null : Sample.of(with).median(),
                    without.isEmpty() ? null : Sample.of(without).median(),
                    ratio,
                    memory));
            aims.add(
                    ratio == null
                            ? Aim.notMeasured(name + ": 0.45 x the start without the cache", "there is no cache")
                            : Aim.atMost(name + ": 0.45 x the start without the cache", ratio, OF_PLAIN, " x"));
            aims.add(Aim.atMost(name + ": 150 MB idle", memory, IDLE, " MB"));
        });
        var raw = new LinkedHashMap<String, List<Double>>();
        cached.forEach((name, seconds) -> raw.put(name + " with the cache, s", seconds));
        plain.forEach((name, seconds) -> raw.put(name + " without, s", seconds));
        aims.add(Aim.atMost("worker: 350 MB with 10,000 tasks in flight", inFlight, IN_FLIGHT, " MB"));
        return new Section(
                id(),
                "start to first answer, memory",
                List.of("service", "s with cache", "s without", "x", "MB idle"),
                rows,
                aims,
                List.of("first answer: GET /health/ready says 200; memory is what is resident (VmRSS)"),
                Map.of(),
                raw);
    }
}
