package dev.rollcall.lab.nemesis;

import java.time.Instant;

/// Something that was done to the system.
///
/// @param target the process, or the way
/// @param until when it was over; the same as `from` for a kill
/// @param kind what was done
public record Strike(Kind kind, String target, Instant from, Instant until) {

    public enum Kind {
        /// SIGKILL
        KILL,
        /// SIGTERM
        TERM,
        /// SIGSTOP until SIGCONT
        STOP,
        /// a way that lets nothing through, or a server that is away
        CUT,
        /// an answer that never arrived
        LOST_ANSWER
    }

    /// Whether it can make a worker lose what it has begun. An answer that PostgreSQL or Kafka gave it in vain
    /// can't: it asks again, and what was done is not done twice.
    public boolean hits(String worker) {
        return kind != Kind.LOST_ANSWER && (target.equals(worker) || target.startsWith(worker + ">"));
    }
}
