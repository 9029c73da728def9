package dev.rollcall.trigger.http;

import jakarta.ws.rs.BadRequestException;

/// How many entries a list may have: the query parameter `limit`.
public record Limit(int value) {
    private static final int MAX = 10_000;

    public Limit {
        if (value < 1 || value > MAX) {
            throw new BadRequestException("limit must be between 1 and " + MAX);
        }
    }

    /// JAX-RS reads the parameter with this.
    ///
    /// @throws BadRequestException (400) for what is no number from 1 to 10,000
    public static Limit fromString(String given) {
        try {
            return new Limit(Integer.parseInt(given));
        } catch (NumberFormatException e) {
            throw new BadRequestException("limit must be a whole number between 1 and " + MAX, e);
        }
    }
}
