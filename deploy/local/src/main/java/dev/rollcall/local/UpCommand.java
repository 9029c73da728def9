package dev.rollcall.local;

import dev.rollcall.local.connection.Connection;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.system.PortPlan;
import dev.rollcall.local.system.Purpose;
import dev.rollcall.local.system.SecretFile;
import dev.rollcall.local.system.Supervision;
import dev.rollcall.local.system.SystemFailure;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.servers.PostgresServer;
import dev.rollcall.servers.RepositoryRoot;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Runs the whole system on this machine until Ctrl-C. The data survives.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--workers", paramLabel = "N", defaultValue = "1", description = "Workers (${DEFAULT-VALUE}).")
    private int workers = 1;

    @Option(
            names = "--port-base",
            paramLabel = "P",
            defaultValue = "" + PortPlan.USUAL,
            description = "The first port (${DEFAULT-VALUE}); the others follow it.")
    private int portBase = PortPlan.USUAL;

    @Option(names = "--data", paramLabel = "DIR", description = "Keeps the data (the repository's data/).")
    private @Nullable Path data;

    @Option(names = "--no-simulator", description = "Without the provider simulator.")
    private boolean noSimulator;

    @Override
    public Integer call() throws InterruptedException {
        var screen = Screen.standard(spec.commandLine().getOut());
        Path folder = data == null ? Connection.usualData() : data;
        var secretFile = SecretFile.in(folder.toAbsolutePath());
        Optional<String> told =
                Optional.ofNullable(System.getenv("ROLLCALL_CRON_SECRET")).filter(secret -> !secret.isBlank());
        Blueprint blueprint = blueprint(folder).withSecret(told.orElseGet(secretFile::readOrCreate));
        screen.say("Starting PostgreSQL, Kafka and the services ...");
        try (var _ = new Farewell(screen);
                var system = LocalSystem.start(blueprint)) {
            show(system, screen, told.isPresent() ? "from ROLLCALL_CRON_SECRET" : "in " + secretFile.path());
            new Supervision(system, screen::say).watch();
        }
        throw new SystemFailure(
                "PostgreSQL or Kafka ended by itself; everything was stopped. See the logs in " + folder);
    }

    /// Without a secret yet: one is made up only when the rest makes sense.
    private Blueprint blueprint(Path folder) {
        try {
            var ports = new PortPlan(portBase);
            return new Blueprint(
                    RepositoryRoot.find(), folder, ports, workers, !noSimulator, "not-yet", Map.of(), Purpose.LASTING);
        } catch (IllegalArgumentException nonsense) {
            throw new ParameterException(spec.commandLine(), String.valueOf(nonsense.getMessage()));
        }
    }

    private static void show(LocalSystem system, Screen screen, String secret) {
        screen.say("");
        for (String name : system.names()) {
            var address = system.address(name);
            screen.say("  %-12s %s%s".formatted(name, address, name.equals("simulator") ? "/control" : ""));
        }
        screen.say("  %-12s %s&user=%s"
                .formatted("PostgreSQL", system.jdbcUrl() + "?currentSchema=rollcall", PostgresServer.OWNER));
        screen.say("  %-12s %s".formatted("Kafka", system.kafkaBootstrap()));
        screen.say("");
        screen.say("Every service answers /openapi, /health and /metrics too.");
        String key = LocalSystem.toldOperatorKey().isPresent()
                ? "from ROLLCALL_OPERATOR_KEY"
                : "in " + SecretFile.operatorKey(system.blueprint().data()).path();
        screen.say("The operator's key is " + key + ".");
        screen.say("The cron secret is " + secret + ". Logs are in "
                + system.blueprint().data().resolve("logs") + ".");
        screen.say("Ctrl-C stops everything.");
    }
}
