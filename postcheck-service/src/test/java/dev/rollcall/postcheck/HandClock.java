package dev.rollcall.postcheck;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/// The service's time, turned by hand.
@Singleton
public class HandClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-21T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void set(String instant) {
        now = Instant.parse(instant);
    }
}
