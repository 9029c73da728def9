package dev.rollcall.lab.check;

/// Something that must not be, with its evidence in words: task ids, call numbers, times.
public record Violation(String invariant, String evidence) {}
