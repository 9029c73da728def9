package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.ListSchedule;
import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.CsvRows;
import dev.rollcall.bench.subject.Provided;
import dev.rollcall.bench.subject.Simulator;
import dev.rollcall.bench.subject.Subject;
import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.BatchOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// B3: HTTP calls of 0.2 to 3 s to four simulated providers with caps; one is ten times slower, one throttles a tenth.
/// Turns with and without the slow one alternate, and the other one begins each round.
public final class ProviderCaps implements Workload {

    private static final Duration BOUND = Duration.ofMinutes(15);
    private static final double LEAST = 0.95;
    private static final double MOVED = 1.01;
    private static final int LEAST_WAVES = 5;

    /// @param calls at full effort
    /// @param places calls at one time, at most
    private record Cap(String provider, int calls, int places, String mode) {}

    /// Seconds a throttled call must wait.
    private static final int RETRY_AFTER = 1;

    private static final Cap SLOW = new Cap("slow", 500, 100, "{\"latency\": \"2000..30000\"}");
    private static final List<Cap> QUICK = List.of(
            new Cap("plain", 6500, 150, "{\"latency\": \"200..3000\"}"),
            new Cap("other", 6500, 100, "{\"latency\": \"200..3000\"}"),
            new Cap(
                    "throttling",
                    6500,
                    150,
                    "{\"latency\": \"200..3000\", \"throttleRate\": 0.1, \"retryAfter\": \"%d\"}"
                            .formatted(RETRY_AFTER)));

    @Override
    public String id() {
        return "B3";
    }

    /// One provider's part of a turn.
    ///
    /// @param span from the first call to the end of the last, in seconds
    /// @param stretch how many times as long as list scheduling of the same calls, the throttled waiting as told
    /// @param unasked the same, had nobody to wait
    private record Part(String provider, boolean slow, double span, double stretch, double unasked, int most) {

        static Part of(Cap cap, boolean slow, Provided seen) {
            double span = seen.span();
            return new Part(
                    cap.provider(),
                    slow,
                    span,
                    span / ListSchedule.makespan(seen.secondsByTask(), RETRY_AFTER, cap.places()),
                    span / ListSchedule.makespan(seen.seconds(), cap.places()),
                    seen.most());
        }
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        var parts = new ArrayList<Part>();
        var all = new ArrayList<>(QUICK);
        all.add(SLOW);
        try (var subject =
                Subject.start(Subject.blueprint(rig.folder().resolve("b3")).withSimulator())) {
            var simulator = Simulator.of(subject.system());
            for (Cap cap : all) {
                Queues.provider(subject, cap.provider(), simulator.url(cap.provider()), cap.places());
                simulator.behave(cap.provider(), cap.mode());
            }
            called(subject, simulator, QUICK, cap -> LEAST_WAVES * cap.places()); // the compilers' turn
            for (int round = 0; round < rig.effort().pairs(); round++) {
                boolean slowFirst = round % 2 == 0;
                for (boolean slow : new boolean[] {slowFirst, !slowFirst}) {
                    for (Provided seen : called(subject, simulator, slow ? all : QUICK, cap -> calls(cap, rig))) {
                        Cap cap = all.stream()
                                .filter(one -> one.provider().equals(seen.provider()))
                                .findFirst()
                                .orElseThrow();
                        parts.add(Part.of(cap, slow, seen));
                        rig.say("round %d%s: %s", round + 1, slow ? "" : " without the slow one", parts.getLast());
                    }
                }
            }
        }
        return section(all, parts);
    }

    private static int calls(Cap cap, Rig rig) {
        return Math.max(LEAST_WAVES * cap.places(), rig.effort().of(cap.calls()));
    }

    private static List<Provided> called(Subject subject, Simulator simulator, List<Cap> caps, ToIntFunction<Cap> calls)
            throws InterruptedException {
        Instant since = Instant.now();
        var batches = new BatchApi(subject.api());
        var ids = new ArrayList<String>();
        for (Cap cap : caps) {
            var order = BatchOrder.of(subject.ledger().organization(), "Task {{n}}", cap.provider());
            var rows = new CsvRows(calls.applyAsInt(cap));
            ids.add(batches.submit(order, rows.publisher()).batchId());
        }
        long end = System.nanoTime() + BOUND.toNanos();
        for (String id : ids) {
            while (!batches.show(id).isOver()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("batch %s is not over after %s".formatted(id, BOUND));
                }
                Thread.sleep(Duration.ofMillis(200));
            }
            if (!batches.show(id).allSucceeded()) {
                throw new IllegalStateException("not every call of batch %s succeeded".formatted(id));
            }
        }
        var seen = simulator.calls(since);
        return caps.stream().map(cap -> new Provided(cap.provider(), seen)).toList();
    }

    private Section section(List<Cap> caps, List<Part> parts) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var aims = new ArrayList<Aim>();
        var raw = new LinkedHashMap<String, List<Double>>();
        for (Cap cap : caps) {
            String provider = cap.provider();
            List<Part> its = parts.stream()
                    .filter(part -> part.provider().equals(provider))
                    .toList();
            List<Part> with = its.stream().filter(Part::slow).toList();
            double efficiency = 1 / Sample.of(its, Part::stretch).median();
            int most = its.stream().mapToInt(Part::most).max().orElse(0);
            Double moved = cap == SLOW ? null : moved(its);
            rows.add(Cells.of(
                    provider,
                    cap.mode(),
                    cap.places(),
                    most,
                    Sample.of(with, Part::span).median(),
                    efficiency,
                    1 / Sample.of(its, Part::unasked).median(),
                    moved));
            aims.add(Aim.atLeast(provider + ": 0.95 of list scheduling", efficiency, LEAST, ""));
            aims.add(new Aim(
                    provider + ": cap not exceeded", most + " at once of " + cap.places(), most <= cap.places()));
            if (moved != null) {
                aims.add(Aim.atMost(provider + ": moved by the slow one by 1 % at most", moved, MOVED, " x"));
            }
            raw.put(
                    provider + ", times list scheduling",
                    its.stream().map(Part::stretch).toList());
        }
        return new Section(
                id(),
                "calls to four providers with caps",
                List.of(
                        "provider",
                        "answers",
                        "cap",
                        "most at once",
                        "s",
                        "efficiency",
                        "had nobody to wait",
                        "with / without the slow one"),
                rows,
                aims,
                List.of(
                        "efficiency: list scheduling of the calls as the simulator saw them / first call to last end",
                        "a throttled call is tried again no sooner than the provider said, in list scheduling too; 'had nobody to wait': if it might at once",
                        "with / without: of the times they take as many times as list scheduling, as answers are drawn by lot",
                        "before, unmeasured: five waves of calls to the three quick ones"),
                Map.of(),
                raw);
    }

    private static double moved(List<Part> parts) {
        return new Ratios(stretches(parts, true), stretches(parts, false))
                .each()
                .median();
    }

    private static List<Double> stretches(List<Part> parts, boolean slow) {
        return parts.stream()
                .filter(part -> part.slow() == slow)
                .map(Part::stretch)
                .toList();
    }
}
