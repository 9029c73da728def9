package dev.rollcall.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.worker.handler.Payload;
import dev.rollcall.worker.handler.Work;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptHandlerTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    @Test
    void a_frozen_prompt_is_sent_as_it_is() throws Exception {
        Work work = new Work(1, DAY, 1, "p", 1, Work.Kind.NIGHTLY, "acme", null, null, null, "{{not}} a template");
        assertThat(PromptHandler.prompt(work)).isEqualTo("{{not}} a template");
    }

    @Test
    void a_rows_prompt_is_rendered_from_its_cells() throws Exception {
        assertThat(PromptHandler.prompt(row("{{title}}: {{ text }}", "A", "{{title}}")))
                .isEqualTo("A: {{title}}");
    }

    @Test
    void a_row_that_does_not_fit_fails() {
        assertThatExceptionOfType(Payload.Bad.class)
                .isThrownBy(() -> PromptHandler.prompt(row("{{other}}", "A", "b")))
                .withMessageContaining("other");
    }

    @Test
    void a_job_brings_its_prompt() throws Exception {
        assertThat(PromptHandler.prompt(job("{\"provider\":\"p\",\"prompt\":\"hello\"}")))
                .isEqualTo("hello");
        assertThatExceptionOfType(Payload.Bad.class).isThrownBy(() -> PromptHandler.prompt(job("{\"prompt\":1}")));
    }

    private static Work row(String template, String... cells) {
        return new Work(
                1, DAY, 1, "p", 1, Work.Kind.ROWS, "acme", template, List.of("title", "text"), List.of(cells), null);
    }

    private static Work job(String payload) {
        return new Work(1, DAY, 1, "p", 1, Work.Kind.JOBS, "acme", null, null, null, payload);
    }
}
