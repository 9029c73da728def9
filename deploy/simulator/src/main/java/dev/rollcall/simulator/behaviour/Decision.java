package dev.rollcall.simulator.behaviour;

import org.jspecify.annotations.Nullable;

/// What one call gets. Every latency is in milliseconds from the moment the whole request has arrived; 0 means at
/// once.
public sealed interface Decision {

    /// A good answer with a nonce, its text padded to `bytes` bytes of UTF-8.
    record Answer(long latency, int bytes) implements Decision {}

    /// A good answer whose text is empty, so without a nonce.
    record Empty(long latency) implements Decision {}

    /// An error in the protocol's own shape.
    record Fail(long latency, int status, String why) implements Decision {}

    /// A 429; `retryAfter` is the header's value word for word, null leaves the header out.
    record Throttle(long latency, @Nullable String retryAfter) implements Decision {}

    /// Nothing is ever sent; the call is over when the client goes.
    record Hang() implements Decision {}

    /// Something no client should take for an answer.
    record Garbage(long latency, Rubbish rubbish) implements Decision {}

    /// Half of a good answer, then the connection is closed.
    record CutOff(long latency, int bytes) implements Decision {}

    /// A good answer in small pieces, the last one `overMillis` after the first.
    record Drip(long latency, int bytes, long overMillis) implements Decision {}
}
