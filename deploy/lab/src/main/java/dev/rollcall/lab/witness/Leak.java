package dev.rollcall.lab.witness;

/// A secret in a place where it must not be.
///
/// @param secret which one, not the secret itself
public record Leak(String secret, String place) {}
