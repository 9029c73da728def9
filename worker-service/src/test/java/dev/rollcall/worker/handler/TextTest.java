package dev.rollcall.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void what_postgresql_refuses_is_replaced() {
        assertThat(Text.storable("a\0b\0")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(Text.storable("\uD83D")).isEqualTo("\uFFFD");
        assertThat(Text.storable("\uDE00\uD83D\uDE00\uD83Dx")).isEqualTo("\uFFFD\uD83D\uDE00\uFFFDx");
    }

    @Test
    void what_can_be_stored_is_left_alone() {
        String fine = "plain, ünïcode and \uD83D\uDE00\n";
        assertThat(Text.storable(fine)).isSameAs(fine);
    }

    @Test
    void a_detail_is_one_short_line_without_the_key() {
        Text text = new Text("sk-1");
        assertThat(text.detail(" wrong\n\tkey sk-1, I said sk-1 ")).isEqualTo("wrong key ***, I said ***");
        assertThat(text.detail("x".repeat(10_000))).hasSize(500).endsWith("x…");
        assertThat(text.detail("x".repeat(498) + "\uD83D\uDE00" + "x")).endsWith("x\uFFFD…");
    }

    @Test
    void a_cut_never_leaves_part_of_the_key() {
        assertThat(new Text("sk-123456789").detail("x".repeat(495) + "sk-123456789"))
                .doesNotContain("sk-1");
    }
}
