package dev.rollcall.trigger.batch;

import jakarta.ws.rs.NotFoundException;

/// What a caller names a batch by.
public record BatchId(long value) {

    /// JAX-RS reads the path's parameter with this.
    ///
    /// @throws NotFoundException (404) for what can be no batch's number
    public static BatchId fromString(String given) {
        if (!given.matches("[0-9]{1,18}")) {
            throw unknown(given);
        }
        return new BatchId(Long.parseLong(given));
    }

    /// No such batch, or another organization's: the caller is told the same.
    public NotFoundException unknown() {
        return unknown(toString());
    }

    private static NotFoundException unknown(String given) {
        return new NotFoundException("no batch \"%s\"".formatted(given));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
