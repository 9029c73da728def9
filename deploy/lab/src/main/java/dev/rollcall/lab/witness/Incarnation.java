package dev.rollcall.lab.witness;

/// One life of a worker.
public record Incarnation(long id, String name) {}
