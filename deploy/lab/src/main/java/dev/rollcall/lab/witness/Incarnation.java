package dev.rollcall.lab.witness;

import java.time.Instant;

/// One life of a worker.
public record Incarnation(long id, String name, Instant started) {}
