package dev.rollcall.trigger.schedule;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// The time, as a bean, so that a test can turn it.
final class Clock {
    private Clock() {}

    @Produces
    @Singleton
    @DefaultBean
    static InstantSource system() {
        return InstantSource.system();
    }
}
