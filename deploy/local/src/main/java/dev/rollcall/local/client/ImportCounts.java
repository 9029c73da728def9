package dev.rollcall.local.client;

/// What became of an imported file's rows.
public record ImportCounts(int rows, int created, int updated, int unchanged) {}
