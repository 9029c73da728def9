package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.ComposedBound;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.machine.Cpu;
import dev.rollcall.bench.machine.Machine;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// B1: tasks that do nothing, from being created to being over, with an answer of 500 bytes kept.
public final class Throughput implements Workload {

    /// Services run for days. After three turns the compilers still take a fourteenth of the machine.
    private static final int COMPILERS_TURNS = 8;

    private static final int TASKS = 300_000;
    private static final int BYTES = 500;
    private static final int CONCURRENCY = 4000;
    private static final double OF_BOUND = 0.6;
    private static final Duration IDLE = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "B1";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        var order = new Order(rig.effort().of(TASKS), 0, BYTES, CONCURRENCY, true);
        try (var subject = Subject.start(Subject.blueprint(rig.folder().resolve("b1")))) {
            subject.ledger().allow(order.concurrency());
            var rollcall = new RollcallContestant(subject);
            for (int turn = 0; turn < COMPILERS_TURNS; turn++) {
                rollcall.turn(order);
            }
            double idle = idle(subject);
            ComposedBound bound = new Steps(subject, order.withTasks(Math.max(1, order.tasks() / 3))).measure();
            rig.say("composed bound: %,.0f tasks/s (%s)", bound.tasksPerSecond(), bound.told());
            rig.say("Rollcall idle: %.1f %% of the machine", idle * 100);
            return section(order, Contest.hold(subject, order, rig), bound, idle);
        }
    }

    /// The share of the machine that Rollcall takes when it has nothing to do, which is what its peers must share.
    private static double idle(Subject subject) throws InterruptedException {
        Cpu before = Cpu.of(subject.pids());
        Thread.sleep(IDLE);
        return Cpu.of(subject.pids()).since(before).sum() / IDLE.toSeconds() / Machine.cores();
    }

    private Section section(Order order, Contest contest, ComposedBound bound, double idle) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var raw = new LinkedHashMap<String, List<Double>>();
        for (String name : contest.names()) {
            Sample rates = contest.each(name, Turn::tasksPerSecond);
            raw.put(name, contest.rates(name));
            rows.add(Cells.of(
                    name,
                    Math.round(rates.median()),
                    "%.0f-%.0f".formatted(rates.least(), rates.most()),
                    name.equals(RollcallContestant.NAME)
                            ? null
                            : contest.ahead(name).median(),
                    Math.round(contest.each(name, Turn::cpuMicrosPerTask).median()),
                    contest.allRight(name) ? "right" : "WRONG"));
        }
        return new Section(
                id(),
                "%,d tasks of nothing, created to terminal, answers of %d bytes"
                        .formatted(order.tasks(), order.bytes()),
                List.of("contestant", "tasks/s", "least-most", "rollcall is x", "CPU µs a task", "rows"),
                rows,
                aims(contest, bound),
                notes(contest, bound, idle),
                settings(contest),
                raw);
    }

    private static List<Aim> aims(Contest contest, ComposedBound bound) {
        var aims = new ArrayList<Aim>();
        for (String name : contest.names()) {
            if (!name.equals(RollcallContestant.NAME)) {
                aims.add(Aim.atLeast("ahead of " + name, contest.ahead(name).median(), 1, " x"));
            }
        }
        contest.skipped().forEach((name, why) -> aims.add(Aim.notMeasured("ahead of " + name, why)));
        aims.add(contest.everythingIsThere());
        double share =
                contest.each(RollcallContestant.NAME, Turn::tasksPerSecond).median() / bound.tasksPerSecond();
        aims.add(Aim.atLeast("at least 60 % of the composed bound", share, OF_BOUND, " of it"));
        return aims;
    }

    private static List<String> notes(Contest contest, ComposedBound bound, double idle) {
        var turns = contest.turns(RollcallContestant.NAME);
        Map<String, Double> last = turns.getLast().cpu().seconds();
        var where = new ArrayList<String>();
        last.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(process -> where.add("%s %.1f"
                        .formatted(
                                process.getKey(),
                                process.getValue() / turns.getLast().tasks() * 1e6)));
        return List.of(
                "composed bound: %,.0f tasks/s = %d cores / (%s)"
                        .formatted(bound.tasksPerSecond(), bound.cores(), bound.told()),
                "CPU µs a task by process, Rollcall's last turn: " + String.join(", ", where),
                "Rollcall stays up while its peers have their turns, and takes %.1f %% of the machine then"
                        .formatted(idle * 100));
    }

    private static Map<String, String> settings(Contest contest) {
        var settings = new LinkedHashMap<>(contest.settings());
        settings.put(
                "handler sleep, concurrency", Integer.toString(contest.order().concurrency()));
        return settings;
    }
}
