package dev.rollcall.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Rotation;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.peer.Peer;
import dev.rollcall.bench.peer.Unavailable;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.JobStream;
import dev.rollcall.bench.subject.Subject;
import dev.rollcall.local.system.SystemFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// B5: single jobs at an even rate, from being asked for to being started and to being over in the database. Rollcall's
/// come over HTTP with a key, one request each; its peers' come by a call of their library.
public final class Latency implements Workload {

    private static final int SECONDS = 60;
    private static final int CALM = 800;
    private static final int BUSY = 5000;
    /// Seconds of the busy rate, before a calm turn that is not measured: the compilers' time.
    private static final int COMPILERS = 30;
    private static final int MOST_AT_ONCE = 512;
    private static final double START_P50 = 2;
    private static final double START_P99 = 15;

    /// Milliseconds.
    record Times(double startP50, double startP99, double endP50, double endP99, double askedPerSecond) {

        static Times of(JsonNode told) {
            return new Times(
                    told.at("/start/p50").asDouble(),
                    told.at("/start/p99").asDouble(),
                    told.at("/end/p50").asDouble(),
                    told.at("/end/p99").asDouble(),
                    told.path("asked").asDouble());
        }

        static Times of(JobStream.Times times) {
            var starts = Sample.of(times.starts());
            var ends = Sample.of(times.ends());
            return new Times(
                    starts.quantile(0.5),
                    starts.quantile(0.99),
                    ends.quantile(0.5),
                    ends.quantile(0.99),
                    times.askedPerSecond());
        }
    }

    @Override
    public String id() {
        return "B5";
    }

    @Override
    public Section run(Rig rig) throws InterruptedException {
        int seconds = rig.effort().of(SECONDS);
        var times = new LinkedHashMap<String, List<Times>>();
        var skipped = new LinkedHashMap<String, String>();
        try (var subject = Subject.start(Subject.blueprint(rig.folder().resolve("b5")))) {
            var stream = new JobStream(subject);
            // services run for days
            stream.send(BUSY, COMPILERS, MOST_AT_ONCE);
            stream.send(CALM, seconds, MOST_AT_ONCE);
            var names = Stream.concat(
                            Stream.of(RollcallContestant.NAME),
                            Stream.of(Peer.GRAPHILE_WORKER, Peer.BULLMQ)
                                    .map(Peer::title)
                                    .filter(rig::wants))
                    .toList();
            for (int rate : new int[] {CALM, BUSY}) {
                for (int round = 0; round < rig.effort().pairs(); round++) {
                    for (String name : Rotation.of(names, round)) {
                        String turn = "%s at %,d/s".formatted(name, rate);
                        if (skipped.containsKey(turn)) {
                            continue;
                        }
                        try {
                            Times taken = name.equals(RollcallContestant.NAME)
                                    ? Times.of(stream.send(rate, seconds, MOST_AT_ONCE))
                                    : peer(subject, rig, name, rate, seconds);
                            times.computeIfAbsent(turn, n -> new ArrayList<>()).add(taken);
                            rig.say("round %d, %s: %s", round + 1, turn, taken);
                        } catch (Unavailable | IllegalStateException | SystemFailure e) {
                            skipped.put(turn, String.valueOf(e.getMessage()));
                            rig.say("%s is skipped: %s", turn, String.valueOf(e.getMessage()));
                        }
                    }
                }
            }
        }
        skipped.keySet().forEach(times::remove);
        return section(seconds, times, skipped);
    }

    private static Times peer(Subject subject, Rig rig, String name, int rate, int seconds)
            throws Unavailable, InterruptedException {
        Peer peer = Stream.of(Peer.values())
                .filter(one -> one.title().equals(name))
                .findFirst()
                .orElseThrow();
        try (var running = rig.peers().start(peer, subject.system().jdbcUrl(), true)) {
            var bound = Duration.ofSeconds(seconds * 10L + 60);
            running.ask(question(CALM, Math.max(1, seconds / 6)), bound);
            return Times.of(running.ask(question(rate, seconds), bound));
        }
    }

    private static Map<String, ?> question(int rate, int seconds) {
        return Map.of(
                "what", "latency", "rate", rate, "seconds", seconds, "most", MOST_AT_ONCE, "bytes", 500, "keep", true);
    }

    private Section section(int seconds, Map<String, List<Times>> times, Map<String, String> skipped) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var raw = new LinkedHashMap<String, List<Double>>();
        times.forEach((name, all) -> {
            rows.add(Cells.of(
                    name,
                    Math.round(Sample.of(all, Times::askedPerSecond).median()),
                    Sample.of(all, Times::startP50).median(),
                    Sample.of(all, Times::startP99).median(),
                    Sample.of(all, Times::endP50).median(),
                    Sample.of(all, Times::endP99).median()));
            raw.put(name + ", start p99, ms", all.stream().map(Times::startP99).toList());
        });
        var aims = new ArrayList<Aim>();
        String ours = "%s at %,d/s".formatted(RollcallContestant.NAME, CALM);
        String theirs = "%s at %,d/s".formatted(Peer.GRAPHILE_WORKER.title(), CALM);
        if (times.containsKey(ours)) {
            aims.add(Aim.atMost(
                    "start p50 <= 2 ms at 800/s",
                    Sample.of(times.get(ours), Times::startP50).median(),
                    START_P50,
                    " ms"));
            aims.add(Aim.atMost(
                    "start p99 <= 15 ms at 800/s",
                    Sample.of(times.get(ours), Times::startP99).median(),
                    START_P99,
                    " ms"));
        }
        if (times.containsKey(ours) && times.containsKey(theirs)) {
            double ratio = new Ratios(
                            times.get(ours).stream().map(Times::startP99).toList(),
                            times.get(theirs).stream().map(Times::startP99).toList())
                    .each()
                    .median();
            aims.add(Aim.atMost("a better p99 than graphile-worker's at 800/s", ratio, 1, " x its p99"));
        }
        skipped.forEach((name, why) -> aims.add(Aim.notMeasured(name, why)));
        return new Section(
                id(),
                "single jobs for %d s, milliseconds from asking to start and to the terminal row".formatted(seconds),
                List.of("contestant", "asked/s", "start p50", "start p99", "end p50", "end p99"),
                rows,
                aims,
                List.of(
                        "Rollcall's end is when the broker has the news of it, which is sent after the commit; millisecond clock",
                        "before, unmeasured: %d s of the busy rate and a calm turn for Rollcall, a sixth of one for each process of a peer"
                                .formatted(COMPILERS),
                        "at most %d requests are under way at one time; asked/s says what came of the rate"
                                .formatted(MOST_AT_ONCE)),
                Subject.SETTINGS,
                raw);
    }
}
