package dev.rollcall.postcheck.census;

import java.time.LocalDate;

/// The run that is judged.
///
/// @param planned tasks it was opened with
/// @param expectedHash SHA-256 of the frozen set, in hex
public record JudgedRun(long id, String key, LocalDate day, long planned, String expectedHash) {}
