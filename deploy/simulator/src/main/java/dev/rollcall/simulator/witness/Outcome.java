package dev.rollcall.simulator.witness;

import java.util.Locale;

/// How a call ended, as the simulator saw it.
public enum Outcome {
    /// the whole answer, with its nonce, was written
    ANSWERED,
    /// the whole answer was written, with an empty text
    EMPTY,
    /// an error other than 429 was written because mode, marker or dice wanted it
    FAILED,
    /// a 429 was written
    THROTTLED,
    /// nothing was written until the client went
    HUNG,
    /// something that is no answer was written
    GARBAGE,
    /// half an answer was written, then the connection closed
    CUT,
    /// the request itself was wrong: path, key, headers or body
    REFUSED,
    /// the client went before all was written
    GONE,
    /// the simulator stopped before all was written
    STOPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
