package dev.rollcall.lab.witness;

/// What a process holds.
///
/// @param connections its connections to PostgreSQL
/// @param heapKiB live objects after a collection
public record Footprint(String name, long pid, long threads, long handles, long connections, long heapKiB) {}
