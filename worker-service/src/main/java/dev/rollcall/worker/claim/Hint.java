package dev.rollcall.worker.claim;

import java.time.LocalDate;

/// One task of a hint record, held until there is a permit for it.
///
/// @param receipt tells the offsets' keeper that this task is dealt with
public record Hint(LocalDate day, String provider, long task, Offsets.Receipt receipt) {}
