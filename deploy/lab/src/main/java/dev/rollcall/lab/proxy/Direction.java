package dev.rollcall.lab.proxy;

/// Which way bytes go.
public enum Direction {
    /// from the client to the server
    UP,
    /// from the server to the client
    DOWN
}
