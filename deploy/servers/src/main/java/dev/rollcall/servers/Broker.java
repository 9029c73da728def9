package dev.rollcall.servers;

import java.util.List;

/// By which ports the clients of one broker come.
///
/// @param port 0 for any free one
/// @param doors further listeners
public record Broker(int port, List<Listener> doors) {

    /// Any free port and no other door.
    public static final Broker ANYWHERE = new Broker(0, List.of());

    public Broker {
        doors = List.copyOf(doors);
    }

    public Broker at(int otherPort) {
        return new Broker(otherPort, doors);
    }
}
