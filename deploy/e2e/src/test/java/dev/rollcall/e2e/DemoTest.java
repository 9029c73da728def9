package dev.rollcall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.servers.RepositoryRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first thing anybody tries. Without the script, which would build what is being built.
class DemoTest {

    @Test
    void the_demo_holds_what_it_promises_and_leaves_nothing_behind(@TempDir Path temp) throws Exception {
        Path home = RepositoryRoot.find();
        Path output = temp.resolve("output");
        var demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Drollcall.home=" + home,
                        "-Djava.io.tmpdir=" + temp,
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        home.resolve("deploy/local/target/rollcall-local.jar").toString(),
                        "demo")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            demo.destroy();
        }
        assertThat(demo.exitValue()).as(Files.readString(output, UTF_8)).isZero();
        assertThat(output)
                .content()
                .contains("killed worker-1")
                .contains("the reconciler declared worker-1 dead")
                .contains("Birchwood Dental Group")
                .contains("tasks per second")
                .contains("Every promise held");
        try (var left = Files.list(temp)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("rollcall-demo-")))
                    .isEmpty();
        }
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .filter(line -> line.contains(temp + "/rollcall-demo-")))
                .isEmpty();
    }
}
