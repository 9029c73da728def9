package dev.rollcall.local.system;

import dev.rollcall.local.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The command lines and environments of the children.
///
/// @param jdbcUrl where the ledger is
/// @param bootstrap where Kafka is
/// @param operatorKey lets an operator in
record Launch(Blueprint blueprint, String jdbcUrl, String bootstrap, String operatorKey) {

    /// The variables that `demo/providers.csv` names. The simulator wants a key, and takes any.
    static final List<String> DEMO_KEYS =
            List.of("DEMO_OPENAI_KEY", "DEMO_MISTRAL_KEY", "DEMO_ANTHROPIC_KEY", "DEMO_GEMINI_KEY");

    /// The variable that names the operator's key, to the launcher as to the trigger.
    static final String OPERATOR_KEY = "ROLLCALL_OPERATOR_KEY";

    private static final String HEAP = "-Xmx256m";

    /// Twice what 10,000 runs that wait for an answer take.
    private static final String WORKER_HEAP = "-Xmx176m";

    private static final Path SIMULATOR_JAR = Path.of("deploy/simulator/target/rollcall-simulator.jar");

    Program service(Service service, String name, int port) {
        var environment = new TreeMap<String, String>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        environment.put("ROLLCALL_CRON_SECRET", blueprint.secret());
        if (service == Service.TRIGGER) {
            environment.put(OPERATOR_KEY, operatorKey);
        }
        if (service == Service.WORKER) {
            environment.put("ROLLCALL_WORKER_NAME", name);
            if (blueprint.simulator()) {
                DEMO_KEYS.forEach(key -> environment.put(key, "for-the-simulator-only"));
            }
        }
        environment.putAll(blueprint.settings(service));
        environment.putAll(blueprint.wiring().of(name));
        return new Program(
                name,
                java(
                        blueprint,
                        service,
                        service == Service.WORKER ? WORKER_HEAP : HEAP,
                        WarmStart.of(service, blueprint),
                        WarmStart.main(service, blueprint)),
                environment);
    }

    /// It compiles as the workers do, whose calls it answers.
    static Program simulator(Blueprint blueprint, int port) {
        var arguments = List.of(
                "--port",
                Integer.toString(port),
                "--log",
                blueprint.data().resolve("calls.jsonl").toString());
        var program = new ArrayList<>(
                List.of("-jar", blueprint.home().resolve(SIMULATOR_JAR).toString()));
        program.addAll(arguments);
        return new Program("simulator", java(blueprint, Service.WORKER, HEAP, List.of(), program), Map.of());
    }

    /// @throws SystemFailure if something is not built
    static void requireBuilt(Blueprint blueprint) {
        var jars = new ArrayList<Path>();
        for (Service service : Service.values()) {
            jars.add(service.application(blueprint.home()).resolve("quarkus-run.jar"));
        }
        jars.add(blueprint.home().resolve(SIMULATOR_JAR));
        for (Path jar : jars) {
            if (!Files.exists(jar)) {
                throw new SystemFailure("%s is not there. Build everything first: ./rollcall build".formatted(jar));
            }
        }
    }

    /// Small and quick to start: all of them share one machine. The heap begins small: left to the
    /// machine's size it would begin at its bound, and be filled before anything is collected. What the
    /// compilers took while it started goes back to the system, 12 to 20 MiB. The
    /// ahead-of-time cache is mapped where it was made: anywhere else each of its pages would be
    /// changed, and so be memory of its own. The folder tells whose child it is, see `PidFile`.
    private static List<String> java(
            Blueprint blueprint, Service compiling, String heap, List<String> flags, List<String> program) {
        var command = new ArrayList<String>();
        Collections.addAll(
                command,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Drollcall.folder=" + blueprint.data(),
                "-Xms24m",
                heap,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-XX:TrimNativeHeapInterval=5000",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
        command.addAll(blueprint.purpose().flags(compiling));
        command.addAll(flags);
        command.addAll(program);
        return command;
    }
}
