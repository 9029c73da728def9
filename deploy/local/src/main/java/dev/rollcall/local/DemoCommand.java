package dev.rollcall.local;

import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.demo.Demo;
import dev.rollcall.local.demo.DemoFailure;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.system.PortPlan;
import dev.rollcall.local.system.Purpose;
import dev.rollcall.local.system.SecretFile;
import dev.rollcall.local.system.Service;
import dev.rollcall.local.system.SystemFailure;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.local.terminal.Words;
import dev.rollcall.servers.RepositoryRoot;
import dev.rollcall.servers.ServerFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "A whole night in a minute, with a worker killed half-way. Leaves nothing behind.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    /// Silence is noticed in seconds, so that nobody has to wait for it.
    private static final Map<Service, Map<String, String>> QUICK = Map.of(
            Service.WORKER,
            Map.of(
                    "ROLLCALL_WORKER_HEARTBEAT", "500ms",
                    "ROLLCALL_WORKER_LEASE", "3s",
                    "MP_MESSAGING_INCOMING_TASKS_SESSION_TIMEOUT_MS", "3000",
                    "ROLLCALL_PROVIDER_REFRESH", "500ms"),
            Service.RECONCILER,
            Map.of("ROLLCALL_RECONCILE_EVERY", "1s", "ROLLCALL_RECONCILE_LOST_AFTER", "5s"));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Workers, at least 2 (${DEFAULT-VALUE}).")
    private int workers = 2;

    @Option(names = "--keep", description = "Keeps the data folder and its logs.")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (workers < 2 || workers > 16) {
            throw new ParameterException(spec.commandLine(), "--workers is between 2 and 16: one will be killed");
        }
        long begun = System.nanoTime();
        var screen = Screen.standard(spec.commandLine().getOut());
        Path folder = Files.createTempDirectory("rollcall-demo-");
        boolean good = held(folder, screen, begun);
        if (keep || !good) {
            screen.say("Data and logs are kept in " + folder);
        } else {
            drop(folder);
        }
        screen.say(
                good
                        ? "Done in %s. Every promise held; nothing is left running.".formatted(since(begun))
                        : "Stopped; nothing is left running.");
        return good ? 0 : 1;
    }

    private boolean held(Path folder, Screen screen, long begun) throws InterruptedException {
        var secret = SecretFile.in(folder).readOrCreate();
        var blueprint = new Blueprint(
                RepositoryRoot.find(), folder, PortPlan.FREE, workers, true, secret, QUICK, Purpose.BRIEF);
        screen.say("Starting PostgreSQL, Kafka, a provider simulator and the four services (%d workers) ..."
                .formatted(workers));
        try (var _ = new Farewell(screen);
                var system = LocalSystem.start(blueprint, () -> drop(folder))) {
            screen.say("  all ready after " + since(begun));
            new Demo(system, screen).run();
            screen.say("");
            screen.say("Stopping everything ...");
            return true;
        } catch (DemoFailure | SystemFailure | ServerFailure | ApiFailure e) {
            screen.say("");
            screen.say("The demo failed: " + e.getMessage());
            return false;
        }
    }

    private void drop(Path folder) {
        if (!keep) {
            Folders.delete(folder);
        }
    }

    private static String since(long begun) {
        return Words.seconds(Duration.ofNanos(System.nanoTime() - begun));
    }
}
