package dev.rollcall.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Payload;
import dev.rollcall.worker.handler.Progress;
import dev.rollcall.worker.handler.Work;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
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

    @Test
    void while_the_ledger_is_away_a_prompt_waits_at_no_cost() {
        assertThat(withoutProviders("57P03").handle(job("{\"prompt\":\"hello\"}"), Progress.NOBODY))
                .isEqualTo(new Outcome.NotYet(
                        Duration.ofSeconds(1), "ledger_away", "the providers cannot be read", Call.NONE));
    }

    @Test
    void a_defect_of_the_ledger_is_none_that_passes() {
        assertThatExceptionOfType(JdbiException.class)
                .isThrownBy(() -> withoutProviders("28000").handle(job("{\"prompt\":\"hello\"}"), Progress.NOBODY));
    }

    private static PromptHandler withoutProviders(String sqlState) {
        Jdbi refused = Jdbi.create(() -> {
            throw new SQLException("no", sqlState);
        });
        return new PromptHandler(
                new Providers(refused, Duration.ZERO),
                new ProviderCalls(Settings.with(Map.of()), new SimpleMeterRegistry()));
    }

    private static Work row(String template, String... cells) {
        return new Work(
                1, DAY, 1, "p", 1, Work.Kind.ROWS, "acme", template, List.of("title", "text"), List.of(cells), null);
    }

    private static Work job(String payload) {
        return new Work(1, DAY, 1, "p", 1, Work.Kind.JOBS, "acme", null, null, null, payload);
    }
}
