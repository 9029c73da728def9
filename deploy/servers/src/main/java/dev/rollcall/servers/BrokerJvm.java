package dev.rollcall.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command lines of Kafka's programs: this Java, Kafka's jars.
record BrokerJvm(Path jars, Path classArchive) {

    static BrokerJvm find() {
        Path target = RepositoryRoot.find().resolve("deploy/broker/target");
        Path jars = target.resolve("lib");
        if (!Files.isDirectory(jars)) {
            throw new ServerFailure(
                    "The broker's jars are not in %s. Lay them out: ./mvnw process-resources -pl deploy/broker"
                            .formatted(jars));
        }
        return new BrokerJvm(jars, target.resolve("classes.jsa"));
    }

    /// The first broker that ends in peace leaves an archive of its classes: the next ones start in half the time.
    List<String> broker(DataFolder folder) {
        return command(
                folder,
                List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-XX:+AutoCreateSharedArchive"),
                List.of("kafka.Kafka", folder.resolve("server.properties").toString()));
    }

    List<String> format(DataFolder folder, String clusterId) {
        return command(
                folder,
                List.of("-XX:TieredStopAtLevel=1"),
                List.of(
                        "kafka.tools.StorageTool",
                        "format",
                        "--ignore-formatted",
                        "--cluster-id=" + clusterId, // may begin with a hyphen
                        "--config=" + folder.resolve("server.properties")));
    }

    private List<String> command(DataFolder folder, List<String> options, List<String> program) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Drollcall.folder=" + folder.path()); // tells whose it is, see LeftOver
        command.addAll(options);
        command.addAll(List.of(
                "-XX:SharedArchiveFile=" + classArchive,
                "-Xlog:disable", // an archive that is missing or of another Java is no news
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties"),
                "-cp",
                jars + "/*"));
        command.addAll(program);
        return command;
    }
}
