package dev.rollcall.local.system;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a [LocalSystem] is to be.
///
/// @param home the repository, with everything built
/// @param data keeps PostgreSQL's and Kafka's data, logs and pid files
/// @param simulator whether a provider simulator runs beside it
/// @param secret what the services want in `x-cron-secret`
/// @param settings environment variables by service, on top of what the launcher sets itself
/// @param purpose what the services are started for
/// @param replicas how many of a service there are; one where nothing is said
/// @param wiring how the services reach the servers
public record Blueprint(
        Path home,
        Path data,
        PortPlan ports,
        int workers,
        boolean simulator,
        String secret,
        Map<Service, Map<String, String>> settings,
        Purpose purpose,
        Map<Service, Integer> replicas,
        Wiring wiring) {

    private static final int MOST_WORKERS = 100;

    public Blueprint {
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new IllegalArgumentException("between 1 and %d workers, not %d".formatted(MOST_WORKERS, workers));
        }
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the cron secret is blank");
        }
        data = data.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
        replicas = Map.copyOf(replicas);
    }

    /// One of each service but the workers, straight to the servers.
    public Blueprint(
            Path home,
            Path data,
            PortPlan ports,
            int workers,
            boolean simulator,
            String secret,
            Map<Service, Map<String, String>> settings,
            Purpose purpose) {
        this(home, data, ports, workers, simulator, secret, settings, purpose, Map.of(), Wiring.STRAIGHT);
    }

    /// A small system on free ports, with a simulator: what tests start from.
    public static Blueprint small(Path home, Path data) {
        return new Blueprint(home, data, PortPlan.FREE, 1, true, "of-no-importance", Map.of(), Purpose.BRIEF);
    }

    public Blueprint withWorkers(int count) {
        return new Blueprint(home, data, ports, count, simulator, secret, settings, purpose, replicas, wiring);
    }

    /// The same, recording.
    public Blueprint thatRecords() {
        return new Blueprint(
                home, data, ports, workers, simulator, secret, settings, Purpose.RECORDING, replicas, wiring);
    }

    /// With the provider simulator beside it.
    public Blueprint withSimulator() {
        return new Blueprint(home, data, ports, workers, true, secret, settings, purpose);
    }

    public Blueprint withSecret(String other) {
        return new Blueprint(home, data, ports, workers, simulator, other, settings, purpose, replicas, wiring);
    }

    /// Adds one environment variable of one service.
    public Blueprint with(Service service, String variable, String value) {
        var changed = new EnumMap<Service, Map<String, String>>(Service.class);
        changed.putAll(settings);
        var ofService = new java.util.TreeMap<>(changed.getOrDefault(service, Map.of()));
        ofService.put(variable, value);
        changed.put(service, Map.copyOf(ofService));
        return new Blueprint(home, data, ports, workers, simulator, secret, changed, purpose, replicas, wiring);
    }

    /// Several of a service that is no worker: they are called `trigger-1`, `trigger-2`, ...
    public Blueprint withReplicas(Map<Service, Integer> counts) {
        return new Blueprint(home, data, ports, workers, simulator, secret, settings, purpose, counts, wiring);
    }

    public Blueprint wired(Wiring other) {
        return new Blueprint(home, data, ports, workers, simulator, secret, settings, purpose, replicas, other);
    }

    /// The names of a service's processes.
    public List<String> names(Service service) {
        int count = service == Service.WORKER ? workers : replicas.getOrDefault(service, 1);
        return count == 1 && service != Service.WORKER
                ? List.of(service.title())
                : IntStream.rangeClosed(1, count)
                        .mapToObj(number -> service.title() + "-" + number)
                        .toList();
    }

    boolean recording() {
        return purpose == Purpose.RECORDING;
    }

    Map<String, String> settings(Service service) {
        return settings.getOrDefault(service, Map.of());
    }
}
