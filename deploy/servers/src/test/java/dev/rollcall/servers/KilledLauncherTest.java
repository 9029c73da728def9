package dev.rollcall.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledLauncherTest {

    private final Path folder;

    KilledLauncherTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theNextLauncherStopsWhatTheKilledOneLeftRunning() throws Exception {
        List<Long> orphans = killLauncher();
        assertThat(orphans).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        try (var postgres = PostgresServer.start(folder.resolve("postgres"), 0);
                var kafka = KafkaServer.start(folder.resolve("kafka"), 0)) {
            assertThat(orphans).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
            assertThat(postgres.isAlive()).isTrue();
            assertThat(kafka.isAlive()).isTrue();
        }
    }

    /// Returns the process numbers of the servers that outlived their launcher.
    private List<Long> killLauncher() throws Exception {
        var launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Launcher.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = launcher.inputReader()) {
            String said = output.lines()
                    .filter(line -> line.startsWith("started"))
                    .findFirst()
                    .orElseThrow();
            return Stream.of(said.split(" ")).skip(1).map(Long::valueOf).toList();
        } finally {
            launcher.destroyForcibly().waitFor();
        }
    }
}
