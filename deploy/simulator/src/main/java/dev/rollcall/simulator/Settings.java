package dev.rollcall.simulator;

import dev.rollcall.simulator.behaviour.Mode;
import java.nio.file.Path;

/// What a simulator needs to start.
///
/// @param port 0 lets the system choose one
/// @param seed what the dice start from; the same seed brings the same run again
/// @param log the call log, appended to
/// @param mode in force from the start, and again after a reset
public record Settings(String host, int port, long seed, Path log, Mode mode) {
    public Settings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is between 0 and 65535, not " + port);
        }
    }
}
