package dev.rollcall.lab.witness;

/// A run of a day.
public record Run(long id, String kind, String day, int repeat, String key) {}
