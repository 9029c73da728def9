package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.servers.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script in a repository of its own, whose path has a space, with JDKs and a Maven that only say how they were
/// called.
class ScriptTest {

    private record Result(int status, String output) {}

    @TempDir
    Path temp = Path.of("");

    private Path repository = Path.of("");
    private Path systemJdks = Path.of("");
    private Path userHome = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        repository = Files.createDirectories(temp.resolve("a repository"));
        systemJdks = Files.createDirectories(temp.resolve("system jdks"));
        userHome = Files.createDirectories(temp.resolve("home"));
        // the machine's own JDKs must not be found
        String script = Files.readString(RepositoryRoot.find().resolve("rollcall"))
                .replace(" /usr/lib/jvm/*", " \"" + systemJdks + "\"/*")
                .replace(" /opt/*", " \"" + temp.resolve("opt") + "\"/*")
                .replace(" /Library/", " \"" + temp.resolve("mac") + "\"/Library/");
        executable(repository.resolve("rollcall"), script);
        executable(repository.resolve("mvnw"), "#!/bin/sh\necho \"maven $* in $PWD with $JAVA_HOME\"\n");
        everythingIsBuilt();
    }

    @Test
    void takes_the_jdk_of_JAVA_HOME() throws Exception {
        Path jdk = jdk(temp.resolve("chosen jdk"), "25.0.1");
        assertThat(run(Map.of("JAVA_HOME", jdk.toString()), "version").output()).contains("java of " + jdk);
    }

    @Test
    void passes_over_a_JAVA_HOME_that_is_too_old_or_has_no_compiler() throws Exception {
        Path old = jdk(temp.resolve("old"), "21.0.4");
        Path good = jdk(systemJdks.resolve("jdk-26"), "26");
        assertThat(run(Map.of("JAVA_HOME", old.toString()), "version").output()).contains("java of " + good);

        Path runtimeOnly = jdk(temp.resolve("jre"), "25.0.1");
        Files.delete(runtimeOnly.resolve("bin/javac"));
        assertThat(run(Map.of("JAVA_HOME", runtimeOnly.toString()), "version").output())
                .contains("java of " + good);
    }

    @Test
    void finds_a_jdk_of_the_version_manager() throws Exception {
        jdk(systemJdks.resolve("jdk-17"), "17.0.9");
        Path good = jdk(userHome.resolve(".sdkman/candidates/java/25-tem"), "25");
        assertThat(run(Map.of(), "version").output()).contains("java of " + good);
    }

    @Test
    void finds_the_jdk_on_the_path() throws Exception {
        Path jdk = jdk(temp.resolve("path jdk"), "25.0.2");
        String path = jdk.resolve("bin") + ":/usr/bin:/bin";
        assertThat(run(Map.of("PATH", path), "version").output()).contains("java of " + jdk);
    }

    @Test
    void says_what_to_install_when_there_is_none() throws Exception {
        jdk(systemJdks.resolve("jdk-24"), "24.0.2");
        Result result = run(Map.of(), "demo");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output())
                .contains("JDK 25 or newer")
                .contains("adoptium.net")
                .contains("JAVA_HOME");
    }

    @Test
    void runs_every_test_with_that_jdk_and_passes_arguments_on() throws Exception {
        Path jdk = jdk(systemJdks.resolve("jdk-25"), "25");
        Result result = run(Map.of(), "test", "-pl", "common");
        assertThat(result.output()).contains("maven -B verify -pl common in " + repository + " with " + jdk);
        assertThat(result.status()).isZero();
    }

    @Test
    void keeps_arguments_whole_and_works_through_a_link_from_anywhere() throws Exception {
        jdk(systemJdks.resolve("jdk-25"), "25");
        Path link = Files.createSymbolicLink(temp.resolve("rc"), Path.of("a repository/rollcall"));
        Result result = runScript(link, Map.of(), "import", "--prompts", "my prompts.csv");
        assertThat(result.output())
                .contains("[-Drollcall.home=" + repository + "]")
                .contains("[" + repository.resolve("deploy/local/target/rollcall-local.jar") + "]")
                .contains("[import][--prompts][my prompts.csv]");
    }

    @Test
    void builds_before_it_starts_services_when_a_source_is_newer() throws Exception {
        jdk(systemJdks.resolve("jdk-25"), "25");
        assertThat(run(Map.of(), "up").output()).doesNotContain("maven");

        Path source = repository.resolve("worker-service/src/main/java/New.java");
        Files.writeString(source, "");
        assertThat(Files.setLastModifiedTime(source, later())).exists();
        assertThat(run(Map.of(), "up").output()).contains("Building Rollcall").contains("maven -B -q -Dquick package");
        assertThat(run(Map.of(), "check").output()).doesNotContain("maven");
    }

    @Test
    void the_laboratory_is_another_program_and_is_built_when_it_is_missing() throws Exception {
        jdk(systemJdks.resolve("jdk-25"), "25");
        String jar = "[" + repository.resolve("deploy/lab/target/rollcall-lab.jar") + "]";
        assertThat(run(Map.of(), "lab", "--list").output())
                .contains("maven -B -q -Dquick package")
                .contains(jar + "[--list]");
        touch("deploy/lab/target/rollcall-lab.jar");
        assertThat(run(Map.of(), "lab", "--list").output())
                .doesNotContain("maven")
                .contains(jar + "[--list]");
    }

    @Test
    void a_failed_build_starts_nothing() throws Exception {
        jdk(systemJdks.resolve("jdk-25"), "25");
        executable(repository.resolve("mvnw"), "#!/bin/sh\nexit 7\n");
        Files.delete(repository.resolve("trigger-service/target/quarkus-app/quarkus-run.jar"));
        Result result = run(Map.of(), "demo");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("The build failed").doesNotContain("java of");
    }

    private static java.nio.file.attribute.FileTime later() {
        return java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 5_000);
    }

    private void everythingIsBuilt() throws IOException {
        for (String service : List.of("trigger", "worker", "reconciler", "postcheck")) {
            Files.createDirectories(repository.resolve(service + "-service/src/main/java"));
            Files.writeString(repository.resolve(service + "-service/pom.xml"), "");
            touch(service + "-service/target/quarkus-app/quarkus-run.jar");
        }
        for (String source : List.of("pom.xml", "common/pom.xml", "deploy/local/pom.xml", "deploy/topics.properties")) {
            touch(source);
        }
        Files.createDirectories(repository.resolve("common/src"));
        Files.createDirectories(repository.resolve("deploy/local/src/main"));
        Files.createDirectories(repository.resolve("deploy/broker/target/lib"));
        touch("deploy/simulator/target/rollcall-simulator.jar");
        touch("deploy/local/target/rollcall-local.jar");
        touch("target/rollcall-built");
    }

    private void touch(String name) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    private static Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        executable(home.resolve("bin/java"), """
                #!/bin/sh
                case $1 in -XshowSettings*) echo "    java.home = %1$s"; exit 0 ;; esac
                echo "java of %1$s"
                for argument in "$@"; do printf '[%%s]' "$argument"; done
                """.formatted(home));
        return home;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        return runScript(repository.resolve("rollcall"), environment, arguments);
    }

    private Result runScript(Path script, Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", toolsOnly(), "HOME", userHome.toString()));
        builder.environment().putAll(environment);
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    /// The usual tools without the machine's own Java.
    private String toolsOnly() throws IOException {
        Path tools = Files.createDirectories(temp.resolve("tools"));
        for (String tool : List.of("sed", "head", "find", "dirname", "readlink", "mkdir", "mv", "cat", "sh")) {
            Path real = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
            executable(tools.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(real));
        }
        return tools.toString();
    }
}
