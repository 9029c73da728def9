package dev.rollcall.bench.subject;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.system.PortPlan;
import dev.rollcall.local.system.Purpose;
import dev.rollcall.local.system.Service;
import dev.rollcall.servers.RepositoryRoot;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Rollcall as it is measured: PostgreSQL, Kafka and the four services from their jars, as `./rollcall up` starts them.
public final class Subject implements AutoCloseable {

    /// What is set otherwise than it comes.
    public static final Map<String, String> SETTINGS =
            Map.of("rollcall.api.requests-per-second", "0 (no limit: one key sends all requests)");

    private final LocalSystem system;
    private final Ledger ledger;

    private Subject(LocalSystem system) {
        this.system = system;
        this.ledger = Ledger.of(system.jdbcUrl());
    }

    /// @param folder for its data; must not be another one's
    public static Blueprint blueprint(Path folder) {
        return new Blueprint(
                        RepositoryRoot.find(), folder, PortPlan.FREE, 1, false, "measured", Map.of(), Purpose.LASTING)
                .with(Service.TRIGGER, "ROLLCALL_API_REQUESTS_PER_SECOND", "0");
    }

    public static Subject start(Blueprint blueprint) {
        var system = LocalSystem.start(blueprint);
        try {
            return new Subject(system);
        } catch (RuntimeException | Error e) {
            system.close();
            throw e;
        }
    }

    public LocalSystem system() {
        return system;
    }

    public Ledger ledger() {
        return ledger;
    }

    /// The trigger's interface, as the operator.
    public Api api() {
        return system.api("trigger");
    }

    /// The process of this name, such as `worker-1`.
    public long pid(String name) {
        Long pid = system.pids().get(name);
        if (pid == null) {
            throw new IllegalArgumentException("nobody is called " + name);
        }
        return pid;
    }

    /// Everything that runs for it, and this process, which hands in the work.
    public Map<String, Long> pids() {
        var pids = new LinkedHashMap<>(system.pids());
        pids.put("client", ProcessHandle.current().pid());
        return pids;
    }

    @Override
    public void close() {
        ledger.close();
        system.close();
    }
}
