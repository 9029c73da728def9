package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// B2: tasks that wait for somebody, as many at one time as are allowed. Efficiency is the time that would take if
/// nothing else cost any, divided by the time it took.
public final class Saturation implements Workload {

    private static final int LEAST_WAVES = 5;
    /// Tasks of nothing for the compilers.
    private static final int WARM_UP = 100_000;
    private static final int MOST_PERMITS = 4000;

    /// @param least efficiency
    private record Size(int tasks, int millis, int permits, double least) {

        Order order(double scale) {
            int fewest = LEAST_WAVES * permits;
            return new Order(Math.max(fewest, (int) (tasks * scale)), millis, 500, permits, false);
        }
    }

    private static final List<Size> SIZES =
            List.of(new Size(40_000, 1000, MOST_PERMITS, 0.97), new Size(100_000, 50, 2000, 0.85));

    @Override
    public String id() {
        return "B2";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        var rows = new ArrayList<List<@Nullable Object>>();
        var aims = new ArrayList<Aim>();
        var raw = new LinkedHashMap<String, List<Double>>();
        var settings = new LinkedHashMap<String, String>();
        try (var subject = Subject.start(Subject.blueprint(rig.folder().resolve("b2")))) {
            var rollcall = new RollcallContestant(subject);
            subject.ledger().allow(MOST_PERMITS);
            rollcall.turn(new Order(rig.effort().of(WARM_UP), 0, 500, MOST_PERMITS, false));
            for (Size size : SIZES) {
                Order order = size.order(rig.effort().scale());
                subject.ledger().allow(size.permits());
                rollcall.turn(order.withTasks(size.permits()));
                var contest = Contest.hold(subject, order, rig);
                String work = "%,d x %,d ms, %,d at once".formatted(order.tasks(), size.millis(), size.permits());
                for (String name : contest.names()) {
                    Sample efficiency = contest.each(name, turn -> ideal(order) / turn.seconds());
                    rows.add(Cells.of(
                            work,
                            name,
                            efficiency.median(),
                            Math.round(
                                    contest.each(name, Turn::cpuMicrosPerTask).median()),
                            contest.allRight(name) ? "right" : "WRONG"));
                    raw.put(
                            work + ", " + name + ", s",
                            contest.turns(name).stream().map(Turn::seconds).toList());
                }
                aims.add(Aim.atLeast(
                        "efficiency %s of %s".formatted(size.least(), work),
                        contest.each(RollcallContestant.NAME, turn -> ideal(order) / turn.seconds())
                                .median(),
                        size.least(),
                        ""));
                aims.add(contest.everythingIsThere());
                settings.put(work, contest.settings().toString());
                contest.skipped().forEach((name, why) -> aims.add(Aim.notMeasured(name + ", " + work, why)));
            }
        }
        return new Section(
                id(),
                "tasks that wait, efficiency (ideal / real)",
                List.of("work", "contestant", "efficiency", "CPU µs a task", "rows"),
                rows,
                aims,
                List.of("real is from the first byte handed in to the last end in the database"),
                settings,
                raw);
    }

    private static double ideal(Order order) {
        return Math.ceilDiv(order.tasks(), order.concurrency()) * order.millis() / 1000.0;
    }
}
