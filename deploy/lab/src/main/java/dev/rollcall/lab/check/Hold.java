package dev.rollcall.lab.check;

import dev.rollcall.local.client.SimulatorApi.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// How long a caller held on to a call.
final class Hold {

    /// How late a provider may see, through a proxy and beside much else, that a client is gone.
    private static final Duration UNSEEN = Duration.ofMillis(250);

    private static final Set<String> LEFT = Set.of("gone", "hung");

    private Hold() {}

    /// When the caller may have let go of it, at the earliest.
    static Instant end(Call call) {
        if (!LEFT.contains(call.outcome())) {
            return call.done();
        }
        Instant left = call.done().minus(UNSEEN);
        return left.isBefore(call.received()) ? call.received() : left;
    }
}
