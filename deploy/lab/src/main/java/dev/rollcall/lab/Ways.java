package dev.rollcall.lab;

import dev.rollcall.lab.proxy.Behaviour;
import dev.rollcall.lab.proxy.TcpProxy;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.Service;
import dev.rollcall.local.system.Wiring;
import dev.rollcall.servers.Listener;
import dev.rollcall.servers.Ports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every service's own way to PostgreSQL and to Kafka, and one to the providers for all of them: each is a proxy.
///
/// @param postgres by the name of the service's process
/// @param kafka by the name of the service's process
public record Ways(Map<String, TcpProxy> postgres, Map<String, TcpProxy> kafka, TcpProxy provider)
        implements AutoCloseable {

    /// @param wiring what tells the services to go by them
    record Laid(Ways ways, Wiring wiring) {}

    static Laid lay(Blueprint blueprint) {
        int postgresPort = Ports.free();
        int kafkaPort = Ports.free();
        var postgres = new LinkedHashMap<String, TcpProxy>();
        var kafka = new LinkedHashMap<String, TcpProxy>();
        var doors = new ArrayList<Listener>();
        var environment = new LinkedHashMap<String, Map<String, String>>();
        for (String name : names(blueprint)) {
            int behind = Ports.free();
            var toPostgres = TcpProxy.open(name + ">postgres").leadTo(postgresPort);
            var toKafka = TcpProxy.open(name + ">kafka").leadTo(behind);
            postgres.put(name, toPostgres);
            kafka.put(name, toKafka);
            doors.add(new Listener("DOOR" + (doors.size() + 1), behind, toKafka.port()));
            environment.put(
                    name,
                    Map.of(
                            "QUARKUS_DATASOURCE_JDBC_URL",
                            "jdbc:postgresql://127.0.0.1:%d/rollcall".formatted(toPostgres.port()),
                            "KAFKA_BOOTSTRAP_SERVERS",
                            "127.0.0.1:" + toKafka.port()));
        }
        var ways = new Ways(postgres, kafka, TcpProxy.open("provider"));
        return new Laid(ways, new Wiring(postgresPort, kafkaPort, doors, environment));
    }

    private static List<String> names(Blueprint blueprint) {
        return Stream.of(Service.values())
                .flatMap(service -> blueprint.names(service).stream())
                .toList();
    }

    public Stream<TcpProxy> all() {
        return Stream.concat(Stream.concat(postgres.values().stream(), kafka.values().stream()), Stream.of(provider));
    }

    public void calm() {
        all().forEach(way -> way.become(Behaviour.CALM));
    }

    @Override
    public void close() {
        all().forEach(TcpProxy::close);
    }
}
