package dev.rollcall.local.system;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.process.LeftOvers;
import dev.rollcall.servers.Broker;
import dev.rollcall.servers.KafkaCluster;
import dev.rollcall.servers.LedgerSchema;
import dev.rollcall.servers.PostgresServer;
import dev.rollcall.servers.TopicDeclarations;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// The whole system as children of this process: PostgreSQL, Kafka, the four services from their packaged jars and,
/// if wanted, the provider simulator. Children are called `trigger`, `reconciler`, `postcheck`, `worker-1`,
/// `worker-2`, ... and `simulator`.
///
/// Closing it leaves no process. So does the end of this JVM, unless it is killed: then the next start on the same
/// folder ends what was left.
public final class LocalSystem implements AutoCloseable {

    /// A worker may finish what it has begun: its own bounds, drain and settling, sum to less by default.
    private static final Duration WORKER_PATIENCE = Duration.ofSeconds(55);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// A service that has recorded writes its cache before it goes.
    private static final Duration RECORDING_PATIENCE = Duration.ofSeconds(90);
    private static final int START_SECONDS = 120;

    private final Blueprint blueprint;
    private final FolderLock lock;
    private final Members members;
    private final Thread atExit;
    private volatile CompletableFuture<PostgresServer> postgres = new CompletableFuture<>();
    private final CompletableFuture<KafkaCluster> kafka = new CompletableFuture<>();
    private boolean serversBegun;
    private boolean stopped;

    private LocalSystem(Blueprint blueprint, FolderLock lock, Runnable afterwards) {
        this.blueprint = blueprint;
        this.lock = lock;
        this.members = new Members(blueprint.data());
        this.atExit = new Thread(
                () -> {
                    stopAll();
                    afterwards.run();
                },
                "stop");
    }

    /// Returns when everything is ready.
    ///
    /// @throws SystemFailure in words for a person; nothing is left running then
    public static LocalSystem start(Blueprint blueprint) {
        return start(blueprint, () -> {});
    }

    /// @param afterwards run when everything was stopped because this JVM ends
    public static LocalSystem start(Blueprint blueprint, Runnable afterwards) {
        Launch.requireBuilt(blueprint);
        var system = new LocalSystem(blueprint, FolderLock.take(blueprint.data()), afterwards);
        Runtime.getRuntime().addShutdownHook(system.atExit);
        try {
            system.bringUp();
            return system;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            system.close();
            throw new SystemFailure("Interrupted while starting", e);
        } catch (CompletionException e) {
            system.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SystemFailure(String.valueOf(cause.getMessage()), cause);
        } catch (RuntimeException | Error e) {
            system.close();
            throw e;
        }
    }

    private void bringUp() throws InterruptedException {
        LeftOvers.end(blueprint.data());
        blueprint.ports().requireFree(blueprint);
        startServers();
        if (blueprint.simulator()) {
            int port = blueprint.ports().simulator();
            members.start(Launch.simulator(blueprint, port), port, "/control");
        }
        var ledger = postgres.thenApply(server -> LedgerSchema.migrate(server.jdbcUrl(), PostgresServer.OWNER, ""));
        var topics = kafka.thenApply(server -> TopicDeclarations.load().createMissing(server.bootstrapServers()));
        CompletableFuture.allOf(ledger, topics)
                .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                .join();
        startServices();
        for (String name : members.names()) {
            members.awaitReady(name);
        }
    }

    private synchronized void startServers() {
        if (stopped) {
            throw new SystemFailure("The system is being stopped.");
        }
        serversBegun = true;
        Path data = blueprint.data();
        var ports = blueprint.ports();
        var wiring = blueprint.wiring();
        int postgresPort = wiring.postgres() == 0 ? ports.postgres() : wiring.postgres();
        List<Broker> brokers =
                wiring.equals(Wiring.STRAIGHT) ? List.of(Broker.ANYWHERE.at(ports.kafka())) : wiring.brokers();
        postgres.completeAsync(
                () -> PostgresServer.start(data.resolve("postgres"), postgresPort), Thread::startVirtualThread);
        kafka.completeAsync(() -> KafkaCluster.start(data.resolve("kafka"), brokers), Thread::startVirtualThread);
    }

    private Launch launch() {
        return new Launch(blueprint, jdbcUrl(), kafkaBootstrap(), operatorKey());
    }

    private void startServices() {
        var launch = launch();
        for (Service service : Service.values()) {
            int number = 0;
            for (String name : blueprint.names(service)) {
                int port = blueprint.ports().of(service, ++number);
                members.start(launch.service(service, name, port), port, "/health/ready");
            }
        }
    }

    public Blueprint blueprint() {
        return blueprint;
    }

    /// What lets an operator in: `ROLLCALL_OPERATOR_KEY`, or what is kept with the data and made up when it is missing.
    public String operatorKey() {
        return toldOperatorKey()
                .orElseGet(() -> SecretFile.operatorKey(blueprint.data()).readOrCreate());
    }

    /// The operator's key that this process's environment names.
    public static Optional<String> toldOperatorKey() {
        return Optional.ofNullable(System.getenv(Launch.OPERATOR_KEY)).filter(key -> !key.isBlank());
    }

    /// The names of all children but PostgreSQL and Kafka.
    public List<String> names() {
        return members.names();
    }

    public List<String> workers() {
        return names().stream().filter(LocalSystem::isWorker).toList();
    }

    /// The HTTP address of the child with this name, the same after a restart.
    public URI address(String name) {
        return members.address(name);
    }

    /// One service's interface, as the operator or the scheduler.
    public Api api(String name) {
        return new Api(address(name), blueprint.secret(), name.startsWith("trigger") ? operatorKey() : "");
    }

    /// As whom one may look: [PostgresServer#OWNER].
    public String jdbcUrl() {
        return postgres.join().jdbcUrl();
    }

    /// Its brokers may be ended and started again; everybody else goes on as well as possible.
    public KafkaCluster kafka() {
        return kafka.join();
    }

    public String kafkaBootstrap() {
        return kafka().bootstrapServers();
    }

    /// Process numbers by name, of everything that was started, PostgreSQL and Kafka too.
    public Map<String, Long> pids() {
        var pids = new LinkedHashMap<String, Long>();
        pids.put("postgresql", postgres.join().pid());
        int broker = 0;
        for (long pid : kafka().pids()) {
            pids.put(++broker == 1 ? "kafka" : "kafka-" + broker, pid);
        }
        names().forEach(name -> pids.put(name, members.child(name).pid()));
        return pids;
    }

    public boolean isAlive(String name) {
        return members.child(name).isAlive();
    }

    /// Whether PostgreSQL and Kafka run. Nothing else can do anything without them, but waits.
    public boolean serversAlive() {
        return postgres.join().isAlive() && kafka.join().isAlive();
    }

    public Path log(String name) {
        return members.child(name).log();
    }

    /// SIGKILL.
    public void kill(String name) {
        members.child(name).kill();
    }

    /// Sends a signal by its name: `STOP`, `CONT`, `TERM`.
    public void signal(String name, String signal) {
        members.child(name).signal(signal);
    }

    /// SIGTERM, and SIGKILL when that takes too long.
    ///
    /// @return whether it went by itself
    public boolean stop(String name) {
        return members.child(name).stop(patience(name));
    }

    /// Starts one more of a service than the blueprint has, and returns when it is ready.
    ///
    /// @return its name
    /// @throws SystemFailure if it doesn't become ready; nothing is left of it then
    public String add(Service service) {
        long there = names().stream()
                .filter(name -> name.startsWith(service.title()))
                .count();
        String name = service.title() + "-" + (there + 1);
        int port = PortPlan.FREE.of(service, 1);
        members.start(launch().service(service, name, port), port, "/health/ready");
        try {
            awaitReady(name);
            return name;
        } catch (SystemFailure e) {
            dismiss(name);
            throw e;
        }
    }

    /// Stops one that was added and forgets it.
    public void dismiss(String name) {
        stop(name);
        members.forget(name);
    }

    /// Starts one that has ended again and returns when it is ready.
    ///
    /// @throws SystemFailure if it doesn't become ready
    public void restart(String name) {
        raise(name);
        awaitReady(name);
    }

    /// Starts one that has ended again and does not wait for it.
    public void raise(String name) {
        members.restart(name);
    }

    /// @throws SystemFailure if it doesn't become ready
    public void awaitReady(String name) {
        try {
            members.awaitReady(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SystemFailure("Interrupted while %s started".formatted(name), e);
        }
    }

    /// SIGKILL for PostgreSQL, its backends die with it.
    public void killPostgres() {
        postgres.join().kill();
    }

    /// PostgreSQL again, with the same data on the same port.
    public synchronized void restartPostgres() {
        postgres = CompletableFuture.completedFuture(PostgresServer.start(
                blueprint.data().resolve("postgres"), postgres.join().port()));
    }

    /// Stops everything in the order in which nobody misses anybody. Bounded, also when a child hangs.
    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyExiting) {
            return; // then the hook has seen that all is stopped
        }
    }

    private synchronized void stopAll() {
        if (stopped) {
            return;
        }
        stopped = true;
        members.closing();
        members.stop(LocalSystem::isWorker, blueprint.recording() ? RECORDING_PATIENCE : WORKER_PATIENCE);
        members.stop(
                name -> !isWorker(name) && !name.equals("simulator"),
                blueprint.recording() ? RECORDING_PATIENCE : PATIENCE);
        members.stop("simulator"::equals, PATIENCE);
        if (serversBegun) {
            stopServer(kafka);
            stopServer(postgres);
        }
        lock.close();
    }

    private static void stopServer(CompletableFuture<? extends AutoCloseable> server) {
        // one that is just starting must not be left behind; one that could not start has stopped itself
        server.completeOnTimeout(null, START_SECONDS, TimeUnit.SECONDS)
                .handle((running, failure) -> {
                    if (running != null) {
                        close(running);
                    }
                    return running;
                })
                .join();
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new SystemFailure("A server can't be stopped: " + e.getMessage(), e);
        }
    }

    private static Duration patience(String name) {
        return isWorker(name) ? WORKER_PATIENCE : PATIENCE;
    }

    private static boolean isWorker(String name) {
        return name.startsWith(Service.WORKER.title() + "-");
    }
}
