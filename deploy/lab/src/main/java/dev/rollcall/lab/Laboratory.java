package dev.rollcall.lab;

import dev.rollcall.lab.load.Tenants;
import dev.rollcall.lab.nemesis.Nemesis;
import dev.rollcall.lab.witness.Calls;
import dev.rollcall.lab.witness.Journal;
import dev.rollcall.lab.witness.Tap;
import dev.rollcall.lab.witness.Witness;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.SimulatorApi;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.system.PortPlan;
import dev.rollcall.local.system.Purpose;
import dev.rollcall.local.system.Service;
import dev.rollcall.servers.PostgresServer;
import dev.rollcall.servers.RepositoryRoot;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The whole system with proxies on every way, and the witness beside it: 2 triggers, 3 workers, 2 reconcilers, 1
/// postcheck, PostgreSQL, Kafka of one broker or three, and the providers' simulator.
public final class Laboratory implements AutoCloseable {

    private static final Map<Service, Integer> REPLICAS = Map.of(Service.TRIGGER, 2, Service.RECONCILER, 2);
    private static final int WORKERS = 3;
    private static final int REPLICATED = 3;
    private static final String SECRET = "lab-cron-secret-that-nobody-may-print";

    private final LocalSystem system;
    private final Ways ways;
    private final Witness witness;
    private final Nemesis nemesis;
    private volatile Tenants tenants;
    private final SimulatorApi simulator;
    private volatile Terms terms;

    private Laboratory(LocalSystem system, Ways ways, Terms terms) {
        this.system = system;
        this.ways = ways;
        this.terms = terms;
        this.simulator = SimulatorApi.at(system.address("simulator"));
        ways.provider().leadTo(system.address("simulator").getPort());
        this.nemesis = new Nemesis(this);
        var journal = new Journal();
        Path folder = system.blueprint().data();
        var tap = Tap.start(system.kafkaBootstrap(), folder);
        try {
            this.witness = new Witness(this, journal, new Calls(folder.resolve("calls.jsonl"), simulator), tap);
            this.tenants = Tenants.settle(this, terms);
        } catch (RuntimeException e) {
            tap.close();
            throw e;
        }
    }

    /// Returns when everything is ready.
    ///
    /// @param folder keeps data, logs and all that was seen
    /// @param lasting for hours: three brokers instead of one, and JVMs that compile as they do in earnest
    public static Laboratory open(Path folder, Terms terms, boolean lasting) {
        var blueprint = new Blueprint(
                        RepositoryRoot.find(),
                        folder,
                        PortPlan.FREE,
                        WORKERS,
                        true,
                        SECRET,
                        terms.settings(),
                        lasting ? Purpose.LASTING : Purpose.BRIEF)
                .withReplicas(REPLICAS);
        var laid = Ways.lay(blueprint, lasting ? REPLICATED : 1);
        try {
            return in(LocalSystem.start(blueprint.wired(laid.wiring())), laid.ways(), terms);
        } catch (RuntimeException e) {
            laid.ways().close();
            throw e;
        }
    }

    private static Laboratory in(LocalSystem system, Ways ways, Terms terms) {
        try {
            return new Laboratory(system, ways, terms);
        } catch (RuntimeException e) {
            system.close();
            throw e;
        }
    }

    public LocalSystem system() {
        return system;
    }

    public Path folder() {
        return system.blueprint().data();
    }

    public Ways ways() {
        return ways;
    }

    public Witness witness() {
        return witness;
    }

    public Nemesis nemesis() {
        return nemesis;
    }

    public Tenants tenants() {
        return tenants;
    }

    public Terms terms() {
        return terms;
    }

    public SimulatorApi simulator() {
        return simulator;
    }

    /// As the owner, past the proxies.
    public Connection ledger() {
        try {
            var connection = DriverManager.getConnection(system.jdbcUrl(), PostgresServer.OWNER, "");
            connection.setSchema("rollcall");
            return connection;
        } catch (SQLException e) {
            throw new LabFailure("the ledger can't be reached: " + e.getMessage(), e);
        }
    }

    /// An operator's or a scheduler's view of one service.
    public Api api(String name) {
        return system.api(name);
    }

    /// Where workers find the providers.
    public URI providers() {
        return URI.create("http://127.0.0.1:" + ways.provider().port());
    }

    /// The names of the processes of one service.
    public List<String> names(Service service) {
        return system.blueprint().names(service);
    }

    /// Tells the services how many calls each provider takes at one time.
    public void allow(int calls) {
        terms = terms.allowing(calls);
        Tenants.allow(this, terms);
    }

    /// From now on these organizations hand in work, too.
    public void welcome(List<String> organizations) {
        tenants = tenants.welcome(organizations);
    }

    /// What nobody may ever print, by what it is.
    public Map<String, String> secrets() {
        var secrets = new HashMap<>(tenants.secrets());
        secrets.put("the cron secret", SECRET);
        secrets.put("the operator's key", system.operatorKey());
        secrets.put("a provider's key", "for-the-simulator-only");
        return secrets;
    }

    /// Each is closed, whatever becomes of the ones before it; the system after who looks at it.
    @Override
    public void close() {
        try (ways;
                system;
                witness;
                nemesis) {
            ways.calm();
        }
    }
}
