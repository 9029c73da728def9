package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.ListSchedule;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.Provided;
import dev.rollcall.bench.subject.Simulator;
import dev.rollcall.bench.subject.Subject;
import dev.rollcall.local.client.TriggerApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// B4: the night of a typical organization and of a large one, on four providers whose answers take a tenth of the time
/// that such systems need. How long an answer takes is its prompt's nature: as long each night, and on each provider.
public final class Night implements Workload {

    private static final List<String> PROVIDERS = List.of("one", "two", "three", "four");
    private static final int PLACES = 8;
    /// 128 calls one after the other take a tenth of ten minutes.
    private static final double MEDIAN_MILLIS = 420;

    /// Tasks. Services run for days.
    private static final int WARM_UP = 640;

    private static final double SIGMA = 0.5;
    private static final long SEED = 4;
    private static final Duration BOUND = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(10);

    /// @param most times the bound
    private record Size(int prompts, double most) {}

    private static final List<Size> SIZES = List.of(new Size(32, 1.10), new Size(1000, 1.03));

    /// @param bound of the calls as they came to be, longest first
    /// @param inOrder of the same calls in the order in which they were made
    /// @param sequential one after the other
    private record Took(double seconds, double bound, double inOrder, double sequential) {}

    @Override
    public String id() {
        return "B4";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        var rows = new ArrayList<List<@Nullable Object>>();
        var aims = new ArrayList<Aim>();
        var raw = new LinkedHashMap<String, List<Double>>();
        for (Size size : SIZES) {
            int prompts = size.prompts() == 32 ? 32 : Math.max(100, rig.effort().of(size.prompts()));
            var nights = nights(rig, prompts);
            String night = "%,d tasks".formatted(prompts * PROVIDERS.size());
            double toBound =
                    Sample.of(nights, took -> took.seconds() / took.bound()).median();
            rows.add(Cells.of(
                    night,
                    Sample.of(nights, Took::seconds).median(),
                    Sample.of(nights, Took::bound).median(),
                    toBound,
                    Sample.of(nights, took -> took.inOrder() / took.bound()).median(),
                    Sample.of(nights, took -> took.sequential() / took.seconds())
                            .median()));
            aims.add(Aim.atMost("%s: %s x the bound".formatted(night, size.most()), toBound, size.most(), " x"));
            raw.put(night + ", s", nights.stream().map(Took::seconds).toList());
            raw.put(night + ", bound, s", nights.stream().map(Took::bound).toList());
        }
        return new Section(
                id(),
                "a night on 4 providers, %d calls at one time each, answers in %.0f ms (median), lognormal, sigma %s"
                        .formatted(PLACES, MEDIAN_MILLIS, SIGMA),
                List.of("night", "s", "bound s", "x bound", "bound in this order x", "sequential loop is x"),
                rows,
                aims,
                List.of(
                        "bound: list scheduling of the calls' own durations as the simulator saw them, longest first; the slowest provider's counts",
                        "a prompt's answer takes as long each night and on each provider; nights before taught the planner",
                        "the sequential loop is the sum of those durations, not run"),
                Map.of("concurrency of each provider", Integer.toString(PLACES)),
                raw);
    }

    private static List<Took> nights(Rig rig, int prompts) throws InterruptedException {
        var blueprint = Subject.blueprint(rig.folder().resolve("b4-" + prompts)).withSimulator();
        var nights = new ArrayList<Took>();
        try (var subject = Subject.start(blueprint)) {
            var simulator = Simulator.of(subject.system());
            for (String provider : PROVIDERS) {
                Queues.provider(subject, provider, simulator.url(provider), PLACES);
            }
            plan(subject, prompts);
            // the compilers' turns, in which the planner learns how long each prompt takes
            for (int tasks = 0; tasks < WARM_UP; tasks += prompts * PROVIDERS.size()) {
                night(subject, simulator);
            }
            for (int round = 0; round < rig.effort().pairs(); round++) {
                nights.add(night(subject, simulator));
                rig.say("round %d, %d prompts: %s", round + 1, prompts, nights.getLast());
            }
        }
        return nights;
    }

    private static void plan(Subject subject, int prompts) {
        var random = new Random(SEED);
        String latencies = IntStream.range(0, prompts)
                .mapToObj(n -> Long.toString(Math.round(MEDIAN_MILLIS * Math.exp(SIGMA * random.nextGaussian()))))
                .collect(Collectors.joining(","));
        subject.ledger().database().execute("""
                insert into organization (id, name) values ('large', 'Large');
                insert into prompt (organization, id, text)
                select 'large', 'p' || n, 'How visible is it for topic ' || n || '? [[sim:latency=' || millis || ']]'
                from unnest('{%s}'::int[]) with ordinality as t (millis, n)
                """.formatted(latencies));
    }

    private static Took night(Subject subject, Simulator simulator) throws InterruptedException {
        Instant since = Instant.now();
        long begun = System.nanoTime();
        var run = new TriggerApi(subject.api()).open(true).run();
        long end = begun + BOUND.toNanos();
        while (open(subject, run.id()) > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the night was not over after " + BOUND);
            }
            Thread.sleep(LOOK);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        var calls = simulator.calls(since);
        if (calls.size() != run.total()) {
            throw new IllegalStateException("%d calls for %d tasks".formatted(calls.size(), run.total()));
        }
        double bound = 0;
        double inOrder = 0;
        double sequential = 0;
        for (String provider : PROVIDERS) {
            var durations = new Provided(provider, calls).seconds();
            bound = Math.max(bound, ListSchedule.longestFirst(durations, PLACES));
            inOrder = Math.max(inOrder, ListSchedule.makespan(durations, PLACES));
            sequential += durations.stream().mapToDouble(Double::doubleValue).sum();
        }
        return new Took(seconds, bound, inOrder, sequential);
    }

    private static long open(Subject subject, long run) {
        return subject.ledger().database().number("""
                select b.planned - coalesce((select sum(t.succeeded + t.failed + t.cancelled)
                                             from lane l join tally t on t.lane = l.id where l.batch = b.id), 0)
                from batch b where b.run = ?
                """, run);
    }
}
