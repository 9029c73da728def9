package dev.rollcall.simulator.witness;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The counts of one provider: calls begun, in flight now and at most, and ended by outcome.
public final class Tally {

    private final LongAdder calls = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final Map<Outcome, LongAdder> ended = new EnumMap<>(Outcome.class);

    Tally() {
        for (var outcome : Outcome.values()) {
            ended.put(outcome, new LongAdder());
        }
    }

    public void begin() {
        calls.increment();
        var now = inFlight.incrementAndGet();
        if (now > mostInFlight.get()) {
            mostInFlight.accumulateAndGet(now, Math::max);
        }
    }

    public void end(Outcome outcome) {
        inFlight.decrementAndGet();
        by(outcome).increment();
    }

    void reset() {
        calls.reset();
        ended.values().forEach(LongAdder::reset);
        mostInFlight.set(inFlight.get());
    }

    JsonObject toJson() {
        var byOutcome = new JsonObject();
        for (var outcome : Outcome.values()) {
            var count = by(outcome).sum();
            if (count > 0) {
                byOutcome.put(outcome.toString(), count);
            }
        }
        return new JsonObject()
                .put("calls", calls.sum())
                .put("inFlight", inFlight.get())
                .put("maxInFlight", mostInFlight.get())
                .put("outcomes", byOutcome);
    }

    private LongAdder by(Outcome outcome) {
        return Objects.requireNonNull(ended.get(outcome));
    }
}
