package dev.rollcall.schedule;

import java.time.Instant;
import java.time.LocalDate;

/// A day whose turn has come.
///
/// @param day the local date in the schedule's zone
/// @param at since when
public record Due(LocalDate day, Instant at) {}
