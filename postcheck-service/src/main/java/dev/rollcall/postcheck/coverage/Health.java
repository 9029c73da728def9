package dev.rollcall.postcheck.coverage;

/// The word people look for in the morning.
public enum Health {
    HEALTHY,
    NEEDS_ATTENTION
}
