package dev.rollcall.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void words_stand_to_the_left_and_numbers_to_the_right() {
        assertThat(new Table("name", "tasks", "done")
                        .row("a", 1, "9.9 %")
                        .row("abcdef", 12_345, null)
                        .lines())
                .containsExactly("name     tasks   done", "a            1  9.9 %", "abcdef  12,345      -");
    }

    @Test
    void nothing_is_said_in_a_word() {
        assertThat(new Table("name").lines()).containsExactly("none");
    }

    @Test
    void a_row_of_another_length_is_a_defect() {
        assertThatThrownBy(() -> new Table("name", "tasks").row("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_bar_is_full_only_at_the_end() {
        assertThat(Bar.of(99.9, 10)).isEqualTo("#########.");
        assertThat(Bar.of(100, 10)).isEqualTo("##########");
        assertThat(Bar.of(0, 3)).isEqualTo("...");
    }
}
