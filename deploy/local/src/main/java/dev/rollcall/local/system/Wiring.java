package dev.rollcall.local.system;

import dev.rollcall.servers.Listener;
import java.util.List;
import java.util.Map;

/// How the services reach the servers: straight, or each by a way of its own that somebody stands in.
///
/// @param postgres PostgreSQL's port; 0 for any free one
/// @param kafka Kafka's port; 0 for any free one
/// @param doors further listeners of the broker
/// @param environment variables by the name of the child, stronger than anything else
public record Wiring(int postgres, int kafka, List<Listener> doors, Map<String, Map<String, String>> environment) {

    public static final Wiring STRAIGHT = new Wiring(0, 0, List.of(), Map.of());

    public Wiring {
        doors = List.copyOf(doors);
        environment = Map.copyOf(environment);
    }

    Map<String, String> of(String child) {
        return environment.getOrDefault(child, Map.of());
    }
}
