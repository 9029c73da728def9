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
import org.jspecify.annotations.Nullable;

/// B3: HTTP calls of 0.2 to 3 s to four simulated providers with caps; one is ten times slower, one throttles a tenth.
/// Rounds with and without the slow one alternate.
public final class ProviderCaps implements Workload {

    private static final Duration BOUND = Duration.ofMinutes(15);
    private static final double LEAST = 0.95;
    private static final double MOVED = 1.01;
    private static final int LEAST_WAVES = 5;

    /// @param calls at full effort
    /// @param places calls at one time, at most
    private record Cap(String provider, int calls, int places, String mode) {}

    private static final Cap SLOW = new Cap("slow", 500, 100, "{\"latency\": \"2000..30000\"}");
    private static final List<Cap> QUICK = List.of(
            new Cap("plain", 6500, 150, "{\"latency\": \"200..3000\"}"),
            new Cap("other", 6500, 100, "{\"latency\": \"200..3000\"}"),
            new Cap(
                    "throttling",
                    6500,
                    150,
                    "{\"latency\": \"200..3000\", \"throttleRate\": 0.1, \"retryAfter\": \"1\"}"));

    @Override
    public String id() {
        return "B3";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        var efficiency = new LinkedHashMap<String, List<Double>>();
        var with = new LinkedHashMap<String, List<Double>>();
        var without = new LinkedHashMap<String, List<Double>>();
        var most = new LinkedHashMap<String, Integer>();
        var all = new ArrayList<>(QUICK);
        all.add(SLOW);
        try (var subject =
                Subject.start(Subject.blueprint(rig.folder().resolve("b3")).withSimulator())) {
            var simulator = Simulator.of(subject.system());
            for (Cap cap : all) {
                Queues.provider(subject, cap.provider(), simulator.url(cap.provider()), cap.places());
                simulator.behave(cap.provider(), cap.mode());
            }
            for (int round = 0; round < rig.effort().pairs(); round++) {
                for (boolean slow : new boolean[] {true, false}) {
                    var spans = slow ? with : without;
                    for (Provided seen : called(subject, simulator, slow ? all : QUICK, rig)) {
                        Cap cap = all.stream()
                                .filter(one -> one.provider().equals(seen.provider()))
                                .findFirst()
                                .orElseThrow();
                        most.merge(seen.provider(), seen.most(), Math::max);
                        spans.computeIfAbsent(seen.provider(), p -> new ArrayList<>())
                                .add(seen.span());
                        efficiency
                                .computeIfAbsent(seen.provider(), p -> new ArrayList<>())
                                .add(ListSchedule.makespan(seen.seconds(), cap.places()) / seen.span());
                        rig.say(
                                "round %d%s, %s: %.1f s, efficiency %.3f, %d at once",
                                round + 1,
                                slow ? "" : " without the slow one",
                                seen.provider(),
                                seen.span(),
                                efficiency.get(seen.provider()).getLast(),
                                seen.most());
                    }
                }
            }
        }
        return section(all, efficiency, with, without, most);
    }

    private static List<Provided> called(Subject subject, Simulator simulator, List<Cap> caps, Rig rig)
            throws InterruptedException {
        Instant since = Instant.now();
        var batches = new BatchApi(subject.api());
        var ids = new ArrayList<String>();
        for (Cap cap : caps) {
            var order = BatchOrder.of(subject.ledger().organization(), "Task {{n}}", cap.provider());
            int rows = Math.max(LEAST_WAVES * cap.places(), rig.effort().of(cap.calls()));
            ids.add(batches.submit(order, new CsvRows(rows).publisher()).batchId());
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
        var calls = simulator.calls(since);
        return caps.stream().map(cap -> new Provided(cap.provider(), calls)).toList();
    }

    private Section section(
            List<Cap> caps,
            Map<String, List<Double>> efficiency,
            Map<String, List<Double>> with,
            Map<String, List<Double>> without,
            Map<String, Integer> most) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var aims = new ArrayList<Aim>();
        for (Cap cap : caps) {
            String provider = cap.provider();
            double efficient =
                    Sample.of(efficiency.getOrDefault(provider, List.of())).median();
            Double moved = cap == SLOW
                    ? null
                    : new Ratios(with.getOrDefault(provider, List.of()), without.getOrDefault(provider, List.of()))
                            .each()
                            .median();
            rows.add(Cells.of(
                    provider,
                    cap.mode(),
                    cap.places(),
                    most.get(provider),
                    Sample.of(with.getOrDefault(provider, List.of())).median(),
                    efficient,
                    moved));
            aims.add(Aim.atLeast(provider + ": 0.95 of list scheduling", efficient, LEAST, ""));
            aims.add(new Aim(
                    provider + ": cap not exceeded",
                    most.get(provider) + " at once of " + cap.places(),
                    most.getOrDefault(provider, 0) <= cap.places()));
            if (moved != null) {
                aims.add(Aim.atMost(provider + ": moved by the slow one by 1 % at most", moved, MOVED, " x"));
            }
        }
        return new Section(
                id(),
                "calls to four providers with caps",
                List.of("provider", "answers", "cap", "most at once", "s", "efficiency", "with / without the slow one"),
                rows,
                aims,
                List.of("efficiency: list scheduling of the calls as the simulator saw them / first call to last end"),
                Map.of(),
                efficiency);
    }
}
