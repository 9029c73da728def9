package dev.rollcall.local.check;

import java.time.Duration;

/// How a check goes about it.
///
/// @param force opens a numbered repeat if the day is open already
/// @param monitor false only opens the run
/// @param timeout how long the run may take
/// @param interval between two looks
/// @param patience how long a service may be out of reach
public record CheckOptions(boolean force, boolean monitor, Duration timeout, Duration interval, Duration patience) {

    /// The wall limit of a run: after that, what is left has failed anyway.
    public static final int USUAL_TIMEOUT_MINUTES = 720;

    public static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);
}
