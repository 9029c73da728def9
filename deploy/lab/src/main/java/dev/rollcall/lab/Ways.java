package dev.rollcall.lab;

import dev.rollcall.lab.proxy.Behaviour;
import dev.rollcall.lab.proxy.TcpProxy;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.Service;
import dev.rollcall.local.system.Wiring;
import dev.rollcall.servers.Broker;
import dev.rollcall.servers.Listener;
import dev.rollcall.servers.Ports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every service's own way to PostgreSQL and to each broker of Kafka, and one to the providers for all of them: each is
/// a proxy.
///
/// @param postgres by the name of the service's process
/// @param kafka by the name of the service's process: one to each broker
public record Ways(Map<String, TcpProxy> postgres, Map<String, List<TcpProxy>> kafka, TcpProxy provider)
        implements AutoCloseable {

    /// @param wiring what tells the services to go by them
    record Laid(Ways ways, Wiring wiring) {}

    static Laid lay(Blueprint blueprint, int brokers) {
        int postgresPort = Ports.free();
        var doors = Stream.generate(() -> (List<Listener>) new ArrayList<Listener>())
                .limit(brokers)
                .toList();
        var postgres = new LinkedHashMap<String, TcpProxy>();
        var kafka = new LinkedHashMap<String, List<TcpProxy>>();
        var environment = new LinkedHashMap<String, Map<String, String>>();
        for (String name : names(blueprint)) {
            var toPostgres = TcpProxy.open(name + ">postgres").leadTo(postgresPort);
            var toKafka = doors.stream().map(ofBroker -> door(name, ofBroker)).toList();
            postgres.put(name, toPostgres);
            kafka.put(name, toKafka);
            environment.put(
                    name,
                    Map.of(
                            "QUARKUS_DATASOURCE_JDBC_URL",
                            "jdbc:postgresql://127.0.0.1:%d/rollcall".formatted(toPostgres.port()),
                            "KAFKA_BOOTSTRAP_SERVERS",
                            toKafka.stream()
                                    .map(way -> "127.0.0.1:" + way.port())
                                    .collect(Collectors.joining(","))));
        }
        var ways = new Ways(postgres, kafka, TcpProxy.open("provider"));
        var all = doors.stream().map(ofBroker -> new Broker(0, ofBroker)).toList();
        return new Laid(ways, new Wiring(postgresPort, all, environment));
    }

    /// Opens a way to one more listener of a broker.
    private static TcpProxy door(String name, List<Listener> ofBroker) {
        int behind = Ports.free();
        var way = TcpProxy.open(name + ">kafka").leadTo(behind);
        ofBroker.add(new Listener("DOOR" + (ofBroker.size() + 1), behind, way.port()));
        return way;
    }

    private static List<String> names(Blueprint blueprint) {
        return Stream.of(Service.values())
                .flatMap(service -> blueprint.names(service).stream())
                .toList();
    }

    /// Everybody's ways to all brokers.
    public Stream<TcpProxy> toKafka() {
        return kafka.values().stream().flatMap(List::stream);
    }

    public Stream<TcpProxy> all() {
        return Stream.of(postgres.values().stream(), toKafka(), Stream.of(provider))
                .flatMap(ways -> ways);
    }

    public void calm() {
        all().forEach(way -> way.become(Behaviour.CALM));
    }

    @Override
    public void close() {
        all().forEach(TcpProxy::close);
    }
}
