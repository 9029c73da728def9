package dev.rollcall.lab.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.lab.LabFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapTest {

    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    private Path folder;

    @Test
    void a_tap_that_can_not_write_says_so_where_its_records_are_asked_for() {
        Tap tap = Tap.start(NOBODY, folder.resolve("missing"));
        tap.close();
        assertThatThrownBy(tap::file).isInstanceOf(LabFailure.class).hasMessageContaining("the tap can't write");
        assertThatThrownBy(() -> tap.of("rollcall.dead")).isInstanceOf(LabFailure.class);
    }

    @Test
    void a_broker_that_is_away_is_no_failure() {
        Tap tap = Tap.start(NOBODY, folder);
        tap.close();
        assertThat(tap.of("rollcall.dead")).isEmpty();
    }
}
