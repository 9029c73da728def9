package dev.rollcall.trigger.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells when a batch is final from how its lanes moved of late. The batch is as late as its slowest lane.
///
/// Ends are taken as a Poisson process: a lane that ended `k` tasks in a time has a rate with the relative error
/// `1/sqrt(k)`, and the `n` that remain add `1/sqrt(n)` of chance. The interval holds nine finishes in ten. A lane that
/// has ended nothing yet is believed to be like the others, as uncertain as they differ, and slower the longer it is
/// silent.
final class Forecast {
    /// Nine in ten of a normal distribution.
    private static final double DEVIATIONS = 1.645;
    static final Duration LEAST = Duration.ofSeconds(1);
    private static final double FARTHEST_SECONDS = Duration.ofDays(3650).toSeconds();

    private Forecast() {}

    /// How a lane moved.
    ///
    /// @param remaining tasks that are not final
    /// @param ended tasks that became final in the time `over`
    /// @param held nothing more of it goes out until a person says so
    /// @param notBefore when the last task that waits for a retry is due
    record Lane(
            long remaining,
            long ended,
            Duration over,
            boolean held,
            @Nullable Instant notBefore) {
        boolean moves() {
            return ended > 0 && over.compareTo(LEAST) >= 0;
        }

        double perSecond() {
            return ended / seconds();
        }

        double seconds() {
            return over.toMillis() / 1000.0;
        }
    }

    /// Empty when nothing remains, when something is held, and when nothing has ended from which one could tell.
    static Optional<Eta> of(Instant now, List<Lane> lanes) {
        List<Lane> open = lanes.stream().filter(lane -> lane.remaining() > 0).toList();
        List<Double> logs = lanes.stream()
                .filter(Lane::moves)
                .map(lane -> Math.log(lane.perSecond()))
                .toList();
        if (logs.isEmpty() || open.stream().anyMatch(Lane::held)) {
            return Optional.empty();
        }
        double mean = logs.stream().mapToDouble(log -> log).average().orElseThrow();
        double variance = logs.stream()
                .mapToDouble(log -> (log - mean) * (log - mean))
                .average()
                .orElseThrow();
        Optional<Eta> slowest = Optional.empty();
        for (Lane lane : open) {
            Optional<Eta> own = lane.moves()
                    ? eta(now, lane, lane.perSecond(), 1.0 / lane.ended())
                    : eta(now, lane, 1 / (Math.exp(-mean) + lane.seconds()), 1 + variance);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            slowest = slowest.map(own.get()::and).or(() -> own);
        }
        return slowest;
    }

    private static Optional<Eta> eta(Instant now, Lane lane, double perSecond, double variance) {
        double expected = lane.remaining() / perSecond;
        double spread = Math.exp(DEVIATIONS * Math.sqrt(variance + 1.0 / lane.remaining()));
        if (expected * spread > FARTHEST_SECONDS) {
            return Optional.empty();
        }
        Eta eta = new Eta(in(now, expected / spread), in(now, expected), in(now, expected * spread));
        return Optional.of(lane.notBefore() == null ? eta : eta.notBefore(lane.notBefore()));
    }

    private static Instant in(Instant now, double seconds) {
        return now.plusMillis(Math.round(seconds * 1000));
    }
}
