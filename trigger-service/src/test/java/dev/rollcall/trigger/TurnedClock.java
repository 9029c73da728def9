package dev.rollcall.trigger;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/// The time, turned by hand. Runs with the real time until it is turned.
@Singleton
public class TurnedClock implements InstantSource {
    private volatile InstantSource source = InstantSource.system();

    public void turnTo(Instant now) {
        source = InstantSource.fixed(now);
    }

    public void turnTo(String now) {
        turnTo(Instant.parse(now));
    }

    public void release() {
        source = InstantSource.system();
    }

    @Override
    public Instant instant() {
        return source.instant();
    }
}
