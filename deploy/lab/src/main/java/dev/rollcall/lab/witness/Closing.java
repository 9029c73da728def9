package dev.rollcall.lab.witness;

import java.time.Instant;

/// A batch became final, written down by the database in the transaction that made it so.
///
/// @param unfinished tasks that were not final in that moment
public record Closing(long batch, Instant at, long unfinished) {}
