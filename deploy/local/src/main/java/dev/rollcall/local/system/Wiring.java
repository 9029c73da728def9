package dev.rollcall.local.system;

import dev.rollcall.servers.Broker;
import java.util.List;
import java.util.Map;

/// How the services reach the servers: straight, or each by a way of its own that somebody stands in.
///
/// @param postgres PostgreSQL's port; 0 for any free one
/// @param brokers as many as Kafka is to have
/// @param environment variables by the name of the child, stronger than anything else
public record Wiring(int postgres, List<Broker> brokers, Map<String, Map<String, String>> environment) {

    public static final Wiring STRAIGHT = new Wiring(0, List.of(Broker.ANYWHERE), Map.of());

    public Wiring {
        brokers = List.copyOf(brokers);
        environment = Map.copyOf(environment);
    }

    Map<String, String> of(String child) {
        return environment.getOrDefault(child, Map.of());
    }
}
