package dev.rollcall.bench.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.bench.figures.Ratios;
import dev.rollcall.bench.figures.Sample;
import dev.rollcall.bench.peer.Peer;
import dev.rollcall.bench.peer.Unavailable;
import dev.rollcall.bench.report.Aim;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.JobStream;
import dev.rollcall.bench.subject.Order;
import dev.rollcall.bench.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// B5: single jobs at an even rate, from being asked for to being started and to being over in the database. Rollcall's
/// come over HTTP with a key, one request each; its peers' come by a call of their library.
public final class Latency implements Workload {

    private static final int SECONDS = 60;
    private static final int CALM = 800;
    private static final int BUSY = 5000;
    /// Seconds of the busy rate, before a calm turn of no less that is not measured: the compilers' time.
    private static final int COMPILERS = 30;
    private static final int MOST_AT_ONCE = 512;
    private static final int BYTES = 500;
    private static final List<Peer> PEERS = List.of(Peer.GRAPHILE_WORKER, Peer.BULLMQ);
    private static final String KEPT = ", result kept";
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
        var rounds = new LinkedHashMap<Integer, Rounds<Times>>();
        try (var subject = Subject.start(Subject.blueprint(rig.folder().resolve("b5")))) {
            var stream = new JobStream(subject);
            // services run for days
            stream.send(BUSY, COMPILERS, MOST_AT_ONCE);
            stream.send(CALM, Math.max(seconds, COMPILERS), MOST_AT_ONCE);
            for (int rate : new int[] {CALM, BUSY}) {
                rig.say("at %,d/s", rate);
                var contestants = new LinkedHashMap<String, Rounds.Taking<Times>>();
                contestants.put(RollcallContestant.NAME, () -> ours(subject, stream, rate, seconds));
                for (Peer peer : PEERS) {
                    if (rig.wants(peer.title())) {
                        contestants.put(peer.title(), () -> peer(subject, rig, peer, false, rate, seconds));
                        contestants.put(peer.title() + KEPT, () -> peer(subject, rig, peer, true, rate, seconds));
                    }
                }
                rounds.put(rate, Rounds.hold(contestants, rig, Times::toString));
            }
        }
        return section(rig, seconds, rounds);
    }

    private static Times ours(Subject subject, JobStream stream, int rate, int seconds) throws InterruptedException {
        subject.ledger().settle();
        return Times.of(stream.send(rate, seconds, MOST_AT_ONCE));
    }

    private static Times peer(Subject subject, Rig rig, Peer peer, boolean keep, int rate, int seconds)
            throws Unavailable, InterruptedException {
        try (var running = rig.peers().start(peer, subject.system().jdbcUrl(), keep)) {
            var bound = Duration.ofSeconds(seconds * 10L + 60);
            running.ask(question(rig, peer, keep, CALM, Math.max(1, seconds / 6)), bound);
            running.ask(Map.of("what", "clear"), bound);
            subject.ledger().settle();
            var times = Times.of(running.ask(question(rig, peer, keep, rate, seconds), bound));
            if (keep && !PeerContestant.kept(new Order(rate * seconds, 0, BYTES, 1, true), running)) {
                throw new IllegalStateException("its answers are not what they must be");
            }
            return times;
        }
    }

    private static Map<String, ?> question(Rig rig, Peer peer, boolean keep, int rate, int seconds) {
        return Map.of(
                "what", "latency",
                "rate", rate,
                "seconds", seconds,
                "most", MOST_AT_ONCE,
                "bytes", BYTES,
                "settings", rig.peers().settingsForLatency(peer),
                "keep", keep);
    }

    private Section section(Rig rig, int seconds, Map<Integer, Rounds<Times>> rounds) {
        var rows = new ArrayList<List<@Nullable Object>>();
        var raw = new LinkedHashMap<String, List<Double>>();
        rounds.forEach((rate, all) -> all.taken().forEach((name, times) -> {
            rows.add(Cells.of(
                    name,
                    rate,
                    Math.round(Sample.of(times, Times::askedPerSecond).median()),
                    Sample.of(times, Times::startP50).median(),
                    Sample.of(times, Times::startP99).median(),
                    Sample.of(times, Times::endP50).median(),
                    Sample.of(times, Times::endP99).median()));
            raw.put(
                    "%s at %,d/s, start p50, ms".formatted(name, rate),
                    times.stream().map(Times::startP50).toList());
            raw.put(
                    "%s at %,d/s, start p99, ms".formatted(name, rate),
                    times.stream().map(Times::startP99).toList());
            raw.put(
                    "%s at %,d/s, end p50, ms".formatted(name, rate),
                    times.stream().map(Times::endP50).toList());
            raw.put(
                    "%s at %,d/s, end p99, ms".formatted(name, rate),
                    times.stream().map(Times::endP99).toList());
        }));
        var calm = rounds.getOrDefault(CALM, new Rounds<>(Map.of(), Map.of()));
        var ours = calm.taken().getOrDefault(RollcallContestant.NAME, List.of());
        var theirs = calm.taken().getOrDefault(Peer.GRAPHILE_WORKER.title(), List.of());
        var aims = new ArrayList<Aim>();
        aims.add(Aim.atMost(
                "start p50 <= 2 ms at 800/s", Sample.of(ours, Times::startP50).median(), START_P50, " ms"));
        aims.add(Aim.atMost(
                "start p99 <= 15 ms at 800/s", Sample.of(ours, Times::startP99).median(), START_P99, " ms"));
        if (!theirs.isEmpty()) {
            double ratio = new Ratios(
                            ours.stream().map(Times::startP99).toList(),
                            theirs.stream().map(Times::startP99).toList())
                    .each()
                    .median();
            aims.add(Aim.atMost("a better p99 than graphile-worker's at 800/s", ratio, 1, " x its p99"));
        }
        rounds.forEach((rate, all) -> all.skipped()
                .forEach((name, why) -> aims.add(Aim.notMeasured("%s at %,d/s".formatted(name, rate), why))));
        var settings = new LinkedHashMap<>(Subject.SETTINGS);
        for (Peer peer : PEERS) {
            settings.put(peer.title(), peer.told(rig.peers().settingsForLatency(peer)));
        }
        return new Section(
                id(),
                "single jobs for %d s, milliseconds from asking to start and to the terminal row".formatted(seconds),
                List.of("contestant", "wanted/s", "asked/s", "start p50", "start p99", "end p50", "end p99"),
                rows,
                aims,
                List.of(
                        "Rollcall's end is when the broker has the news of it, which is sent after the commit; millisecond clock",
                        "before, unmeasured: %1$d s of the busy rate and a calm turn of %1$d s or more for Rollcall, a sixth of one for each process of a peer"
                                .formatted(COMPILERS),
                        "at most %d requests are under way at one time; asked/s says what came of the rate"
                                .formatted(MOST_AT_ONCE)),
                settings,
                raw);
    }
}
