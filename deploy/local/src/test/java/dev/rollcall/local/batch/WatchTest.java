package dev.rollcall.local.batch;

import static dev.rollcall.local.client.BatchSamples.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.ServiceDouble;
import dev.rollcall.local.terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final String SHOW = "GET /api/batch/17";
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final StringWriter printed = new StringWriter();
    private ServiceDouble service;

    @BeforeEach
    void start() throws Exception {
        service = new ServiceDouble();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void in_a_pipe_there_is_a_line_for_each_change_and_none_for_none() throws Exception {
        service.answer(SHOW, 200, batch("processing", 2, 0))
                .answer(SHOW, 200, batch("processing", 2, 0))
                .answer(SHOW, 200, batch("processing", 4, 1, ",\"errors\":[{\"reason\":\"timeout\",\"tasks\":1}]"))
                .answer(SHOW, 200, batch("completed", 9, 1));
        assertThat(watch(false)).isFalse();
        assertThat(printed.toString().lines())
                .containsExactly(
                        "17 processing 20.0 %: 2 of 10 tasks",
                        "17 processing 50.0 %: 5 of 10 tasks, 1 failed; failed: 1 timeout",
                        "17 completed 100.0 %: 10 of 10 tasks, 1 failed",
                        "Not all done: 9 of 10 tasks succeeded, 1 failed, 0 cancelled.");
    }

    @Test
    void a_terminal_is_drawn_anew_with_bar_rate_and_an_interval_for_the_end() throws Exception {
        service.answer(SHOW, 200, batch("processing", 5, 0, """
                ,"ratePerSecond":0.5,"eta":{"earliest":"2026-11-21T08:00:08Z","expected":"2026-11-21T08:00:10Z",
                "latest":"2026-11-21T08:02:00Z"}
                """)).answer(SHOW, 200, batch("completed", 10, 0));
        assertThat(watch(true)).isTrue();
        assertThat(printed.toString())
                .contains("[###############...............] 50.0 %")
                .contains("0.5 per second, ready in 10 s (8 s to 2 min)")
                .contains("[4A", "All done: 10 tasks.");
    }

    @Test
    void a_cancelled_batch_is_an_end_but_a_cancelling_one_is_not() throws Exception {
        service.answer(SHOW, 200, batch("cancelling", 2, 0)).answer(SHOW, 200, batch("cancelled", 2, 0));
        assertThat(watch(false)).isFalse();
        assertThat(service.asked()).hasSize(2);
    }

    @Test
    void a_service_that_is_away_for_a_moment_is_asked_again() throws Exception {
        service.answer(SHOW, 503, "{\"detail\":\"the ledger is away\"}").answer(SHOW, 200, batch("completed", 10, 0));
        assertThat(watch(false)).isTrue();
        assertThat(printed.toString()).contains("the ledger is away");
    }

    private boolean watch(boolean terminal) throws InterruptedException {
        var pace = new Watch.Pace(Duration.ofMillis(5), Duration.ofMillis(5));
        var screen = new Screen(new PrintWriter(printed, true), terminal);
        var batches = new BatchApi(new Api(service.address(), "", "a-key"));
        return new Watch(batches, screen, pace, Duration.ofSeconds(3), InstantSource.fixed(NOW)).until("17");
    }
}
