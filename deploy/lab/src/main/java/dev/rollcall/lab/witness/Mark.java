package dev.rollcall.lab.witness;

import java.time.Instant;

/// Where a trial begins: what was there before is not its matter.
///
/// @param change the last change of a task's state before it
/// @param run the last run before it
public record Mark(Instant at, long change, long run) {}
