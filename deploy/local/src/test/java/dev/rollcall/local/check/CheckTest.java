package dev.rollcall.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.PostcheckApi;
import dev.rollcall.local.client.ServiceDouble;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckTest {

    private static final String OPEN = "POST /api/runs?force=false";
    private static final String RUN = "GET /api/runs/daily%3A2026-11-21";
    private static final String POSTCHECK = "POST /api/postcheck?repair=false&run=daily%3A2026-11-21";

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
    void a_night_that_ends_whole_is_all_done() throws Exception {
        service.answer(OPEN, 201, run("pending", 0, 0))
                .answer(RUN, 200, run("processing", 3, 0))
                .answer(RUN, 200, run("completed", 8, 0))
                .answer(POSTCHECK, 200, coverage(2));
        assertThat(check(true, 60)).isTrue();
        assertThat(printed.toString())
                .contains("Opened daily:2026-11-21: 8 tasks, 1 organization.")
                .contains("37.5 %")
                .contains("All done: 8 tasks.");
        assertThat(service.asked()).allMatch(request -> request.endsWith(" the-secret"));
    }

    @Test
    void a_failed_task_is_not_all_done_and_is_named_with_its_reason() throws Exception {
        service.answer(OPEN, 200, run("failed", 7, 1))
                .answer(RUN, 200, run("failed", 7, 1))
                .answer(POSTCHECK, 200, coverage(1));
        assertThat(check(true, 60)).isFalse();
        assertThat(printed.toString())
                .contains("Already open")
                .contains("Not all done:")
                .contains("7 of 8 tasks completed; 1 failed")
                .contains("1 of 2 prompts are covered (50.0 %)")
                .contains("Birchwood Dental, prompt p05")
                .contains("gemini  failed, http_400, after 1 attempt: bad request");
    }

    @Test
    void a_postcheck_that_disagrees_with_the_totals_is_believed() throws Exception {
        service.answer(OPEN, 200, run("completed", 8, 0))
                .answer(RUN, 200, run("completed", 8, 0))
                .answer(POSTCHECK, 200, coverage(1));
        assertThat(check(true, 60)).isFalse();
    }

    @Test
    void time_over_is_not_done() throws Exception {
        service.answer(OPEN, 201, run("processing", 1, 0)).answer(RUN, 200, run("processing", 1, 0));
        assertThat(check(true, 0)).isFalse();
        assertThat(printed.toString()).contains("7 of 8 tasks remain");
    }

    @Test
    void a_wrong_secret_is_said_and_asked_once() throws Exception {
        service.answer(
                OPEN, 401, "{\"title\":\"Unauthorized\",\"detail\":\"the header x-cron-secret is missing or wrong\"}");
        assertThat(check(true, 60)).isFalse();
        assertThat(printed.toString()).contains("x-cron-secret is missing or wrong");
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void nothing_to_run_is_said() throws Exception {
        service.answer(OPEN, 409, "{\"detail\":\"no active provider\"}");
        assertThat(check(true, 60)).isFalse();
        assertThat(printed.toString()).contains("no active provider");
    }

    @Test
    void without_monitoring_an_open_run_is_enough() throws Exception {
        service.answer(OPEN, 201, run("pending", 0, 0));
        assertThat(check(false, 60)).isTrue();
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void a_service_out_of_reach_is_given_up() throws Exception {
        service.close();
        assertThat(check(true, 60)).isFalse();
        assertThat(printed.toString()).contains("does not answer").contains("Given up");
    }

    @Test
    void a_service_that_ails_for_a_moment_is_asked_again() throws Exception {
        service.answer(OPEN, 503, "{\"detail\":\"the ledger is away\"}")
                .answer(OPEN, 201, run("completed", 8, 0))
                .answer(RUN, 200, run("completed", 8, 0))
                .answer(POSTCHECK, 200, coverage(2));
        assertThat(check(true, 60)).isTrue();
        assertThat(printed.toString()).contains("the ledger is away");
    }

    private boolean check(boolean monitor, int timeoutSeconds) throws InterruptedException {
        URI address = service.address();
        var api = new Api(address, "the-secret");
        var options = new CheckOptions(
                false, monitor, Duration.ofSeconds(timeoutSeconds), Duration.ofMillis(10), Duration.ofSeconds(2));
        var screen = new Screen(new PrintWriter(printed, true), false);
        return new Check(new TriggerApi(api), new PostcheckApi(api), screen, options, Clock.systemUTC()).run();
    }

    private static String run(String status, int completed, int failed) {
        int remaining = 8 - completed - failed;
        String counts = """
                "status":"%s","total":8,"pending":%d,"processing":0,"completed":%d,"failed":%d,"cancelled":0,
                "remaining":%d,"percent":%s,"lastHeartbeat":"2026-11-21T08:00:00Z","eta":null
                """.formatted(status, remaining, completed, failed, remaining, (completed + failed) * 12.5);
        return """
                {"id":1,"key":"daily:2026-11-21","day":"2026-11-21","zone":"America/New_York",
                "openedAt":"2026-11-21T08:00:00Z","closedAt":null,%s,"tasksPerSecond":1.5,"new":"unknown fields are fine",
                "organizations":[{"id":"birchwood","name":"Birchwood Dental",%s}]}
                """.formatted(counts, counts);
    }

    private static String coverage(int covered) {
        String missing = covered == 2 ? "" : """
                "birchwood":[{"id":"p05","text":"Who leads?","org_name":"Birchwood Dental","reasons":[
                {"provider":"gemini","state":"failed","reason":"FAILED","code":"http_400","attempts":1,"httpStatus":400,
                "detail":"bad request","lastAttemptAt":null}]}]
                """;
        return """
                {"promptCoverage":{"expectedActivePrompts":2,"promptsRunToday":%d,"coveragePercent":%s,
                "missingPromptsCount":%d,"missingPromptsListed":%d,"missingPromptsByOrg":{%s}},
                "orgCoverage":{"expected":1,"found":1,"missing":0},
                "summary":{"overallHealth":"%s","promptCoveragePercent":%s,"orgCoveragePercent":100.0}}
                """.formatted(
                        covered,
                        covered * 50.0,
                        2 - covered,
                        2 - covered,
                        missing,
                        covered == 2 ? "HEALTHY" : "NEEDS_ATTENTION",
                        covered * 50.0);
    }
}
