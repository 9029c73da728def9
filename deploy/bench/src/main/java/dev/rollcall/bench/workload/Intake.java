package dev.rollcall.bench.workload;

import dev.rollcall.bench.figures.Checksum;
import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.peer.Peer;
import dev.rollcall.bench.peer.Unavailable;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.CsvRows;
import dev.rollcall.bench.subject.Heap;
import dev.rollcall.bench.subject.Subject;
import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.BatchOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// B7: a million rows of CSV over HTTP, until they are durable; peers are given theirs by their own bulk calls.
public final class Intake implements Workload {

    private static final int ROWS = 1_000_000;
    private static final List<Peer> PEERS = List.of(Peer.GRAPHILE_WORKER, Peer.DB_SCHEDULER);
    private static final String QUEUE = "bench";
    private static final double AHEAD = 2;
    private static final double HEAP = 16;
    private static final Duration BOUND = Duration.ofMinutes(20);

    @Override
    public String id() {
        return "B7";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        int rows = rig.effort().of(ROWS);
        var growths = new ArrayList<Double>();
        try (var subject = Subject.start(Subject.blueprint(rig.folder().resolve("b7")))) {
            Queues.paused(subject, QUEUE);
            submit(subject, Math.max(1, rows / 10));
            var contestants = new LinkedHashMap<String, Rounds.Taking<Double>>();
            contestants.put(RollcallContestant.NAME, () -> taken(subject, rows, growths));
            for (Peer peer : PEERS) {
                if (rig.wants(peer.title())) {
                    contestants.put(peer.title(), () -> added(subject, rig, peer, rows));
                }
            }
            var rates = Rounds.hold(contestants, rig, "%,.0f rows/s"::formatted);
            return section(rig, rows, rates, growths);
        }
    }

    private static double taken(Subject subject, int rows, List<Double> growths) {
        subject.ledger().settle();
        try (var heap = Heap.watch(subject.api())) {
            long begun = System.nanoTime();
            var accepted = submit(subject, rows);
            double seconds = (System.nanoTime() - begun) / 1e9;
            growths.add(heap.growth());
            requireRows(subject, accepted, rows);
            return rows / seconds;
        }
    }

    private static BatchApi.Accepted submit(Subject subject, int rows) {
        var order = BatchOrder.of(subject.ledger().organization(), "Task {{n}}", QUEUE);
        return new BatchApi(subject.api()).submit(order, new CsvRows(rows).publisher());
    }

    private static void requireRows(Subject subject, BatchApi.Accepted accepted, int rows) {
        var database = subject.ledger().database();
        long batch = Long.parseLong(accepted.batchId());
        var items = database.query(
                        row -> new Checksum(row.getLong(1), row.getLong(2)),
                        Checksum.SQL.formatted("array_to_string(cells, ',')") + " from item where batch = ?",
                        batch)
                .getFirst();
        long tasks = database.number(
                "select count(*) from lane l join task t on t.id >= l.id << 24 and t.id < (l.id + 1) << 24 where l.batch = ?",
                batch);
        if (!items.equals(new CsvRows(rows).checksum()) || tasks != rows) {
            throw new IllegalStateException(
                    "%d rows were sent; %s and %d tasks are there".formatted(rows, items, tasks));
        }
    }

    private static double added(Subject subject, Rig rig, Peer peer, int rows)
            throws Unavailable, InterruptedException {
        try (var running = rig.peers().start(peer, subject.system().jdbcUrl(), false)) {
            running.ask(question(rig, peer, Math.max(1, rows / 10)), BOUND);
            running.ask(Map.of("what", "clear"), BOUND);
            subject.ledger().settle();
            long begun = System.nanoTime();
            var answer = running.ask(question(rig, peer, rows), BOUND);
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (answer.path("rows").asLong() != rows) {
                throw new IllegalStateException("%s has %s rows of %d".formatted(peer.title(), answer, rows));
            }
            return rows / seconds;
        }
    }

    private static Map<String, ?> question(Rig rig, Peer peer, int rows) {
        var settings = rig.peers().settings(peer, 1);
        return Map.of("what", "add", "tasks", rows, "millis", 0, "bytes", 500, "settings", settings);
    }

    private Section section(Rig rig, int rows, Rounds<Double> rounds, List<Double> growths) {
        var rates = rounds.taken();
        var ours = rates.getOrDefault(RollcallContestant.NAME, List.of());
        var cells = new ArrayList<List<@Nullable Object>>();
        var aims = new ArrayList<Aim>();
        rates.forEach((name, each) -> cells.add(Cells.of(
                name,
                Math.round(Sample.of(each).median()),
                name.equals(RollcallContestant.NAME)
                        ? null
                        : new Ratios(ours, each).each().median())));
        rates.entrySet().stream()
                .filter(peer -> !peer.getKey().equals(RollcallContestant.NAME))
                .max(Comparator.comparing(peer -> Sample.of(peer.getValue()).median()))
                .ifPresent(best -> aims.add(Aim.atLeast(
                        "2 x the best peer, " + best.getKey(),
                        new Ratios(ours, best.getValue()).each().median(),
                        AHEAD,
                        " x")));
        rounds.skipped().forEach((name, why) -> aims.add(Aim.notMeasured("2 x " + name, why)));
        aims.add(Aim.atMost(
                "a flat heap, 16 MiB at most", Sample.of(growths).most(), HEAP, " MiB more in the old generation"));
        var settings = new LinkedHashMap<>(Subject.SETTINGS);
        PEERS.forEach(peer -> settings.put(peer.title(), peer.told(rig.peers().settings(peer, 1))));
        var raw = new LinkedHashMap<>(rates);
        raw.put("heap growth, MiB", growths);
        return new Section(
                id(),
                "%,d rows of CSV over HTTP to durable rows".formatted(rows),
                List.of("contestant", "rows/s", "rollcall is x"),
                cells,
                aims,
                List.of(
                        "Rollcall writes two rows for each, an item and a task; its peers one",
                        "before, unmeasured: a tenth of the rows for Rollcall, and for a peer in the process that is measured"),
                settings,
                raw);
    }
}
