package dev.rollcall.bench;

import dev.rollcall.bench.machine.Machine;
import dev.rollcall.bench.peer.Peer;
import dev.rollcall.bench.peer.Peers;
import dev.rollcall.bench.report.Report;
import dev.rollcall.bench.report.ReportJson;
import dev.rollcall.bench.report.ReportText;
import dev.rollcall.bench.report.Section;
import dev.rollcall.bench.subject.LedgerFailure;
import dev.rollcall.bench.workload.ColdStart;
import dev.rollcall.bench.workload.Export;
import dev.rollcall.bench.workload.Intake;
import dev.rollcall.bench.workload.Latency;
import dev.rollcall.bench.workload.Night;
import dev.rollcall.bench.workload.ProviderCaps;
import dev.rollcall.bench.workload.Rig;
import dev.rollcall.bench.workload.Saturation;
import dev.rollcall.bench.workload.Throughput;
import dev.rollcall.bench.workload.WorkerLoss;
import dev.rollcall.bench.workload.Workload;
import dev.rollcall.local.Folders;
import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.system.SystemFailure;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.servers.RepositoryRoot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command behind `./rollcall bench`. Exit codes: 0 every aim that was measured is met, 1 not, 2 bad usage.
@Command(
        name = "bench",
        description = "Measures Rollcall and its peers on this machine, side by side.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

    private static final List<Workload> WORKLOADS = List.of(
            new Throughput(),
            new Saturation(),
            new ProviderCaps(),
            new Night(),
            new Latency(),
            new Intake(),
            new Export(),
            new ColdStart(),
            new WorkerLoss());

    private static final String NO_PEERS = "none";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--quick", description = "A tenth of the work and two rounds: to see that it works.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "ID", split = ",", description = "Only these, such as B1,B7.")
    private Set<String> only = Set.of();

    @Option(
            names = "--peers",
            paramLabel = "NAME",
            split = ",",
            description = "Only these peers, such as graphile-worker; 'none' for none.")
    private Set<String> peers = Set.of();

    @Option(
            names = "--set",
            paramLabel = "PEER.SETTING=N",
            description = "Another setting of a peer, such as graphile-worker.localQueueSize=8000.")
    private Map<String, Integer> set = Map.of();

    @Option(names = "--scale", paramLabel = "S", description = "So much of the work, instead of 1 or (quick) 0.1.")
    private @Nullable Double scale;

    @Option(names = "--rounds", paramLabel = "N", description = "So many rounds, instead of 5 or (quick) 2.")
    private @Nullable Integer rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the results go (target/bench/report.json).")
    private Path json = RepositoryRoot.find().resolve("target/bench/report.json");

    @Option(names = "--keep", description = "Keeps the data folders and logs.")
    private boolean keep;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof SystemFailure) {
                        command.getErr().println(failure.getMessage());
                        return 1;
                    }
                    throw failure;
                })
                .setUsageHelpAutoWidth(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Workload> chosen = chosen();
        require(
                peers,
                Stream.concat(Stream.of(Peer.values()).map(Peer::title), Stream.of(NO_PEERS))
                        .toList());
        require(set.keySet(), Peers.known(this::wants));
        Effort effort = effort();
        var screen = Screen.standard(spec.commandLine().getOut());
        Instant begunAt = Instant.now();
        Path folder = Files.createTempDirectory("rollcall-bench-");
        Path target = RepositoryRoot.find().resolve("deploy/bench/target");
        Path logs = Files.createDirectories(target.resolve("peer-logs"));
        var rig = new Rig(effort, folder, new Peers(target.resolve("peers"), logs, set), this::wants, screen);
        Map<String, String> machine = Machine.told();
        var sections = new ArrayList<Section>();
        try {
            for (Workload workload : chosen) {
                screen.say(workload.id() + " ...");
                sections.add(section(workload, rig));
                ReportJson.write(report(begunAt, effort, machine, rig, sections), json);
            }
            if (!keep) {
                Folders.delete(folder);
            }
        } catch (RuntimeException e) {
            screen.say("What was there when it failed is in " + folder);
            throw e;
        }
        screen.say("");
        screen.say(ReportText.of(report(begunAt, effort, machine, rig, sections)));
        screen.say("");
        screen.say("As JSON: " + json + (keep ? "; data and logs: " + folder : ""));
        return sections.stream()
                        .flatMap(section -> section.aims().stream())
                        .anyMatch(aim -> Boolean.FALSE.equals(aim.met()))
                ? 1
                : 0;
    }

    /// One that fails keeps nobody from the others.
    private Section section(Workload workload, Rig rig) throws InterruptedException {
        try {
            return workload.run(rig);
        } catch (IllegalStateException | UncheckedIOException | LedgerFailure | SystemFailure | ApiFailure failure) {
            keep = true; // whoever wants to know why finds it there
            failure.printStackTrace(spec.commandLine().getErr());
            return Section.failed(workload.id(), failure.toString());
        }
    }

    private static Report report(
            Instant begunAt, Effort effort, Map<String, String> machine, Rig rig, List<Section> sections) {
        var settings = Map.of(
                "PostgreSQL",
                "shared_buffers 256MB, max_wal_size 2GB, synchronous_commit on, fsync on; one server for all",
                "Rollcall's services",
                "-Xms24m -Xmx256m (worker: 176m) -XX:+UseSerialGC each, one worker (B12: two)",
                "Kafka",
                "-Xmx512m -XX:+UseSerialGC, one broker");
        return new Report(
                begunAt,
                "%s: %d rounds, %s of the work".formatted(effort.name(), effort.pairs(), effort.scale()),
                machine,
                versions(rig),
                settings,
                List.copyOf(sections));
    }

    /// Of the servers, as the build pins them, and of what the peers have.
    private static Map<String, String> versions(Rig rig) {
        var versions = new TreeMap<String, String>();
        try (InputStream in = Bench.class.getResourceAsStream("/servers.properties")) {
            var servers = new Properties();
            servers.load(in);
            servers.stringPropertyNames().forEach(name -> versions.put(name, servers.getProperty(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        versions.putAll(rig.peers().versions(rig::wants));
        return versions;
    }

    private Effort effort() {
        Effort usual = quick ? Effort.QUICK : Effort.FULL;
        if (scale == null && rounds == null) {
            return usual;
        }
        try {
            return new Effort("custom", rounds == null ? usual.pairs() : rounds, scale == null ? usual.scale() : scale);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<Workload> chosen() {
        require(only, WORKLOADS.stream().map(Workload::id).sorted().toList());
        return WORKLOADS.stream()
                .filter(workload -> only.isEmpty() || only.contains(workload.id()))
                .toList();
    }

    private boolean wants(String peer) {
        return peers.isEmpty() || peers.contains(peer);
    }

    private void require(Set<String> named, Collection<String> known) {
        for (String name : named) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no %s; there are %s"
                                .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
    }
}
