package dev.rollcall.lab.witness;

import java.time.Instant;

/// When a task may be claimed again, written down by the database in the transaction that said so.
///
/// @param attempt the one that has ended: it is the next one that waits
/// @param until what was said, in the distant past for "at once"
/// @param moved whether it was said afterwards, of what waited already, and not with the attempt's end
public record Wait(long task, int attempt, Instant until, boolean moved, Instant at) {

    /// The attempt that has ended.
    public Claim ended() {
        return new Claim(task, attempt);
    }

    /// The attempt that waits.
    public Claim next() {
        return new Claim(task, attempt + 1);
    }
}
