package dev.rollcall.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The JDK's ahead-of-time cache ([JEP 514](https://openjdk.org/jeps/514)): one run of a service records which
/// classes it loads and links, and later starts find them ready. The JVM ignores a cache that does not fit the jars
/// any more.
final class WarmStart {
    private static final String MAIN = "io.quarkus.runner.GeneratedMain";
    /// In the order in which Quarkus looks for classes: what it has transformed hides the original.
    private static final List<String> CLASS_PATH = List.of("quarkus", "app", "lib/boot", "lib/main");

    /// What the manifest of Quarkus' own runner opens.
    private static final List<String> OPENS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    private WarmStart() {}

    static List<String> of(Service service, Blueprint blueprint) {
        Path cache = cache(service, blueprint);
        if (blueprint.recording()) {
            return List.of("-XX:AOTCacheOutput=" + cache);
        }
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /// The service on a plain class path: the cache holds what the JVM's own loaders load, not what a loader of
    /// Quarkus does.
    static List<String> main(Service service, Blueprint blueprint) {
        Path application = service.application(blueprint.home());
        String classPath = CLASS_PATH.stream()
                .flatMap(folder -> jars(application.resolve(folder)))
                .collect(Collectors.joining(":"));
        var command = new ArrayList<>(OPENS);
        command.addAll(List.of("-cp", classPath, MAIN));
        return command;
    }

    static Path cache(Service service, Blueprint blueprint) {
        return service.target(blueprint.home()).resolve(service.title() + ".aot");
    }

    private static Stream<String> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            // `transformed-bytecode.jar` comes before `generated-bytecode.jar`, and everything in the same order each
            // time
            return files
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted(Comparator.reverseOrder())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("what is built cannot be read", e);
        }
    }
}
