package dev.rollcall.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void goes_by_itself_on_SIGTERM() {
        Child child = shell("sleep 60");
        assertThat(child.stop(Duration.ofSeconds(10))).isTrue();
        assertThat(ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(folder.resolve("pids/child.pid")).doesNotExist();
    }

    @Test
    void is_killed_when_it_does_not_listen() {
        Child child = deaf();
        assertThat(child.stop(Duration.ofMillis(200))).isFalse();
        assertThat(ProcessHandle.of(child.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void writes_its_log_and_sees_its_environment() {
        Child child = Child.start(
                new Program(
                        "child",
                        List.of("sh", "-c", "echo $GREETING; echo twice >&2"),
                        Map.of("GREETING", "good morning")),
                folder);
        await().until(() -> !child.isAlive());
        assertThat(LogTail.of(child.log(), 10)).containsExactly("good morning", "twice");
        assertThat(LogTail.of(child.log(), 1)).containsExactly("twice");
    }

    @Test
    void a_program_that_is_not_there_is_named() {
        var program =
                new Program("ghost", List.of(folder.resolve("no-such-program").toString()), Map.of());
        assertThat(Session.OWN.isEmpty()).isFalse();
        Child child = Child.start(program, folder);
        await().until(() -> !child.isAlive());
        assertThat(child.exitStatus()).isNotZero();
        assertThat(String.join("\n", LogTail.of(child.log(), 5))).contains("no-such-program");
    }

    @Test
    void a_folder_that_cannot_be_written_is_an_error() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> Child.start(new Program("child", List.of("true"), Map.of()), file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("child can't be started");
    }

    @Test
    void what_a_killed_launcher_left_is_ended() {
        Child left = deaf();
        assertThat(LeftOvers.end(folder)).containsExactly(left.pid());
        await().until(() -> !left.isAlive());
        assertThat(LeftOvers.end(folder)).isEmpty();
    }

    @Test
    void a_stranger_with_a_number_we_once_had_is_left_alone() throws Exception {
        var stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.createDirectories(folder.resolve("pids"));
            Files.writeString(folder.resolve("pids/worker-1.pid"), Long.toString(stranger.pid()));
            assertThat(LeftOvers.end(folder)).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(folder.resolve("pids/worker-1.pid")).doesNotExist();
        } finally {
            stranger.destroyForcibly();
        }
    }

    /// Ignores SIGTERM; returns when it does.
    private Child deaf() {
        Child child = shell("trap '' TERM; echo deaf; while :; do sleep 0.1; done");
        await().until(() -> LogTail.of(child.log(), 1).contains("deaf"));
        return child;
    }

    /// The command line names the folder, as every real child's does.
    private Child shell(String script) {
        return Child.start(new Program("child", List.of("sh", "-c", script, folder.toString()), Map.of()), folder);
    }
}
