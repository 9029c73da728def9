package dev.rollcall.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.local.process.LogTail;
import dev.rollcall.local.process.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void all_are_gone_after_a_stop_also_one_that_does_not_listen() {
        var members = new Members(folder);
        members.start(program("polite", "sleep 60"), 1, "/");
        members.start(program("deaf", "trap '' TERM; echo deaf; while :; do sleep 0.1; done"), 1, "/");
        await().until(() -> LogTail.of(members.child("deaf").log(), 1).contains("deaf"));
        var pids =
                members.names().stream().map(name -> members.child(name).pid()).toList();

        members.stop(name -> true, Duration.ofMillis(300));

        assertThat(pids).hasSize(2).allMatch(pid -> ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
    }

    @Test
    void once_closing_nothing_is_started() {
        var members = new Members(folder);
        members.closing();
        assertThatThrownBy(() -> members.start(program("late", "sleep 60"), 1, "/"))
                .isInstanceOf(SystemFailure.class);
    }

    @Test
    void one_that_dies_while_starting_is_shown_with_the_end_of_its_log() {
        var members = new Members(folder);
        members.start(program("broken", "echo 'no such table: sky'; exit 3"), 1, "/");
        assertThatThrownBy(() -> members.awaitReady("broken"))
                .isInstanceOf(SystemFailure.class)
                .hasMessageContaining("broken ended with status 3")
                .hasMessageContaining("no such table: sky");
    }

    @Test
    void a_second_launcher_on_the_same_data_is_refused() {
        try (var first = FolderLock.take(folder)) {
            assertThat(first.channel().isOpen()).isTrue();
            assertThatThrownBy(() -> FolderLock.take(folder))
                    .isInstanceOf(SystemFailure.class)
                    .hasMessageContaining("Another Rollcall");
        }
        FolderLock.take(folder).close();
    }

    @Test
    void the_secret_is_made_up_once_and_is_its_owners_only() throws Exception {
        var file = SecretFile.in(folder.resolve("new"));
        String secret = file.readOrCreate();
        assertThat(secret).hasSizeGreaterThan(40);
        assertThat(file.readOrCreate()).isEqualTo(secret);
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        java.nio.file.Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void the_operators_key_has_the_form_that_the_trigger_takes() {
        var file = SecretFile.operatorKey(folder);
        assertThat(file.readOrCreate()).matches("rc_operator_[A-Za-z0-9_-]{43}");
        assertThat(file.read()).contains(file.readOrCreate());
    }

    private static Program program(String name, String script) {
        return new Program(name, List.of("sh", "-c", script), Map.of());
    }

    @AfterEach
    void nobodyIsLeft() {
        assertThat(dev.rollcall.local.process.LeftOvers.end(folder)).isEmpty();
    }
}
