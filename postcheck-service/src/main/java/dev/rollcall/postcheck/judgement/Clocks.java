package dev.rollcall.postcheck.judgement;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// The time, unless a test brings its own.
final class Clocks {
    private Clocks() {}

    @Produces
    @Singleton
    @DefaultBean
    static InstantSource system() {
        return InstantSource.system();
    }
}
