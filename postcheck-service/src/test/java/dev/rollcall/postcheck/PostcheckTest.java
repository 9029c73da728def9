package dev.rollcall.postcheck;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.message.CoverageJudged;
import dev.rollcall.message.RunNews;
import dev.rollcall.message.Topics;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestSettings.class)
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_postcheck"))
class PostcheckTest {
    private static final String[] FOUR = {"anthropic", "gemini", "local", "openai"};
    private static final String FIRST = "promptCoverage.missingPromptsByOrg.'org-01'[0].";

    @Inject
    HandClock clock;

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());

    @BeforeEach
    void emptyLedgerAtFourInTheMorning() {
        ledger.clean();
        clock.set("2026-11-21T09:00:00Z");
    }

    @Test
    void aRunThatIsAllDoneIsHealthy() {
        Night night = Night.open(Night.DAY, 1, 2, 3, FOUR);
        postcheck("")
                .statusCode(200)
                .body("summary.overallHealth", equalTo("HEALTHY"))
                .body("summary.reason", nullValue())
                .body("summary.promptCoveragePercent.toString()", equalTo("100.0"))
                .body("summary.run", equalTo((int) night.run()))
                .body("summary.runKey", equalTo("daily:2026-11-21"))
                .body("summary.day", equalTo("2026-11-21"))
                .body("summary.judgedAt", equalTo("2026-11-21T09:00:00Z"))
                .body("summary.expectedHash", equalTo("cafe"))
                .body("summary.tasks.planned", equalTo(24))
                .body("summary.tasks.succeeded", equalTo(24))
                .body("promptCoverage.expectedActivePrompts", equalTo(6))
                .body("promptCoverage.promptsRunToday", equalTo(6))
                .body("promptCoverage.missingPromptsCount", equalTo(0))
                .body("orgCoverage.expected", equalTo(2))
                .body("orgCoverage.found", equalTo(2))
                .body("orgCoverage.missing", equalTo(0))
                .body("orgCoverage.missingOrganizations", hasSize(0))
                .body("repair.asked", equalTo(false))
                .body("announced", equalTo(true));
        assertThat(postcheck("").extract().asString()).contains("\"coveragePercent\":100.00");
    }

    @Test
    void aPromptThatFailedOnOneOfFourProvidersIsMissingWithItsReason() {
        Night.open(Night.DAY, 1, 2, 2, FOUR)
                .task("org-01", "p2", "gemini", "failed", 2, "bad_request")
                .attempt("org-01", "p2", "gemini", 1, 503, "busy")
                .attempt("org-01", "p2", "gemini", 2, 400, "the model said no");
        postcheck("")
                .statusCode(200)
                .body("summary.overallHealth", equalTo("NEEDS_ATTENTION"))
                .body("summary.reason", equalTo("prompt coverage is below 95 %: 3 of 4 (75.00 %)"))
                .body("promptCoverage.missingPromptsCount", equalTo(1))
                .body("promptCoverage.missingPromptsListed", equalTo(1))
                .body("promptCoverage.missingPromptsByOrg.size()", equalTo(1))
                .body(FIRST + "id", equalTo("p2"))
                .body(FIRST + "text", equalTo("What is 2?"))
                .body(FIRST + "org_name", equalTo("Organization 1"))
                .body(FIRST + "reasons", hasSize(1))
                .body(FIRST + "reasons[0].provider", equalTo("gemini"))
                .body(FIRST + "reasons[0].state", equalTo("failed"))
                .body(FIRST + "reasons[0].reason", equalTo("FAILED"))
                .body(FIRST + "reasons[0].code", equalTo("bad_request"))
                .body(FIRST + "reasons[0].attempts", equalTo(2))
                .body(FIRST + "reasons[0].httpStatus", equalTo(400))
                .body(FIRST + "reasons[0].detail", equalTo("the model said no"))
                .body(FIRST + "reasons[0].lastAttemptAt", equalTo("2026-11-21T08:04:00Z"))
                .body("orgCoverage.found", equalTo(2));
    }

    @Test
    void everyMissingTaskHasExactlyOneReasonAndTheCountsSumToThePlan() {
        Night night = Night.open(Night.DAY, 1, 1, 7, "openai")
                .task("org-01", "p1", "openai", "pending", 0, null)
                .task("org-01", "p2", "openai", "pending", 3, null)
                .task("org-01", "p3", "openai", "running", 1, null)
                .task("org-01", "p4", "openai", "failed", 5, "exhausted")
                .task("org-01", "p5", "openai", "cancelled", 0, "operator");
        night.remove("org-01", "p6", "openai");
        postcheck("")
                .statusCode(200)
                .body(
                        "promptCoverage.missingPromptsByOrg.'org-01'.reasons.flatten().reason",
                        contains("WAITING", "RETRYING", "IN_FLIGHT", "FAILED", "CANCELLED", "ABSENT"))
                .body("summary.reason", equalTo("1 planned tasks have no row: the ledger is damaged"))
                .body("summary.tasks.planned", equalTo(7))
                .body("summary.tasks.pending", equalTo(2))
                .body("summary.tasks.running", equalTo(1))
                .body("summary.tasks.succeeded", equalTo(1))
                .body("summary.tasks.failed", equalTo(1))
                .body("summary.tasks.cancelled", equalTo(1))
                .body("summary.tasks.absent", equalTo(1));
    }

    @Test
    void exactlyNinetyFivePercentIsHealthy() {
        Night.open(Night.DAY, 1, 1, 20, "openai", "gemini").task("org-01", "p7", "openai", "failed", 5, "exhausted");
        postcheck("")
                .body("summary.overallHealth", equalTo("HEALTHY"))
                .body("promptCoverage.coveragePercent.toString()", equalTo("95.0"))
                .body("promptCoverage.missingPromptsCount", equalTo(1));
    }

    @Test
    void ninetyFourPointNineNinePercentIsNotAndIsNotRoundedUp() {
        // 759 of 799 are 94.9937 %
        Night night = Night.open(Night.DAY, 1, 1, 799, "openai");
        for (int n = 1; n <= 40; n++) {
            night.task("org-01", "p" + n, "openai", "failed", 5, "exhausted");
        }
        postcheck("")
                .body("summary.overallHealth", equalTo("NEEDS_ATTENTION"))
                .body("summary.promptCoveragePercent.toString()", equalTo("94.99"))
                .body("promptCoverage.missingPromptsCount", equalTo(40))
                .body("promptCoverage.missingPromptsListed", equalTo(20))
                .body("promptCoverage.missingPromptsByOrg.'org-01'", hasSize(20));
    }

    @Test
    void anOrganizationWithoutAnyCoveredPromptIsNamed() {
        Night.open(Night.DAY, 1, 2, 1, "openai").task("org-02", "p1", "openai", "failed", 5, "exhausted");
        postcheck("")
                .body("orgCoverage.missing", equalTo(1))
                .body("orgCoverage.missingOrganizations.id", contains("org-02"))
                .body("orgCoverage.missingOrganizations.name", contains("Organization 2"))
                .body("summary.reason", containsString("organization coverage is below 95 %: 1 of 2"));
    }

    @Test
    void whatIsExpectedWasFrozenWhenTheRunOpened() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        ledger.organization("newcomer").prompts(50);
        ledger.provider("newcomer");
        postcheck("").body("summary.overallHealth", equalTo("HEALTHY")).body("orgCoverage.expected", equalTo(1));
    }

    @Test
    void aDayWithoutARunNeedsAttentionAndNamesWhatShouldHaveRun() {
        ledger.organization("acme").named("Acme").prompts(2);
        ledger.organization("idle");
        ledger.organization("gone").prompts(5).inactive();
        ledger.provider("openai");
        ledger.provider("off").inactive();
        Night.open(Night.DAY.minusDays(1), 1, 1, 1, "openai");
        postcheck("?repair=true")
                .statusCode(200)
                .body("summary.overallHealth", equalTo("NEEDS_ATTENTION"))
                .body("summary.reason", equalTo("no run was opened today"))
                .body("summary.run", nullValue())
                .body("summary.runKey", equalTo("daily:2026-11-21"))
                .body("promptCoverage.expectedActivePrompts", equalTo(2))
                .body("promptCoverage.promptsRunToday", equalTo(0))
                .body("promptCoverage.missingPromptsByOrg.acme.id", contains("p1", "p2"))
                .body("promptCoverage.missingPromptsByOrg.acme[0].reasons.provider", contains("openai"))
                .body("promptCoverage.missingPromptsByOrg.acme[0].reasons.reason", contains("NO_RUN"))
                .body("orgCoverage.expected", equalTo(1))
                .body("orgCoverage.found", equalTo(0))
                .body("repair.asked", equalTo(false));
        assertThat(Night.count("repair")).isZero();
    }

    @Test
    void todayIsTheLocalDayOfTheRunsZone() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        clock.set("2026-11-22T04:59:59Z");
        postcheck("").body("summary.day", equalTo("2026-11-21")).body("summary.overallHealth", equalTo("HEALTHY"));
        clock.set("2026-11-22T05:00:00Z");
        postcheck("").body("summary.day", equalTo("2026-11-22")).body("summary.run", nullValue());
    }

    @Test
    void theNewestRunOfTodayIsJudgedUnlessOneIsNamed() {
        Night first = Night.open(Night.DAY, 1, 1, 1, "openai");
        Night second = Night.open(Night.DAY, 2, 1, 2, "openai");
        postcheck("").body("summary.run", equalTo((int) second.run())).body("summary.tasks.planned", equalTo(2));
        postcheck("?run=" + first.run()).body("summary.runKey", equalTo("daily:2026-11-21"));
        given().header("x-cron-secret", TestSettings.SECRET)
                .queryParam("run", "daily:2026-11-21#2")
                .post("/api/postcheck")
                .then()
                .body("summary.run", equalTo((int) second.run()));
    }

    @Test
    void anUnknownRunIsNotFound() {
        for (String run : List.of("4711", "daily:1999-12-31", "99999999999999999999", "drop")) {
            postcheck("?run=" + run)
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("detail", containsString("'" + run + "'"));
        }
        assertThat(Night.count("scheduler_runs")).isZero();
    }

    @Test
    void aMalformedParameterIsRefused() {
        for (String wish : List.of("?repair=yes", "?repair=TRUE", "?repair=1", "?run=%20", "?run=%00")) {
            postcheck(wish).statusCode(400).contentType("application/problem+json");
        }
        postcheck("?repair=yes").body("detail", equalTo("repair must be true or false, not 'yes'"));
        assertThat(Night.count("scheduler_runs")).isZero();
    }

    @Test
    void anEmptyParameterIsOneLeftOut() {
        Night.open(Night.DAY, 1, 1, 1, "openai").task("org-01", "p1", "openai", "failed", 5, "exhausted");
        postcheck("?repair=&run=")
                .statusCode(200)
                .body("summary.runKey", equalTo("daily:2026-11-21"))
                .body("repair.asked", equalTo(false));
    }

    @Test
    void withoutTheSecretNothingIsDone() {
        Night.open(Night.DAY, 1, 1, 1, "openai").task("org-01", "p1", "openai", "failed", 5, "exhausted");
        given().post("/api/postcheck?repair=true").then().statusCode(401);
        given().header("x-cron-secret", "guess")
                .post("/api/postcheck?repair=true")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body(not(containsString(TestSettings.SECRET)));
        assertThat(Night.count("repair")).isZero();
        assertThat(Night.count("scheduler_runs")).isZero();
    }

    @Test
    void aRepairIsAskedForAndItsResultIsInTheAnswer() {
        Night night = Night.open(Night.DAY, 1, 1, 2, "openai").task("org-01", "p1", "openai", "failed", 5, "exhausted");
        try (Listener runs = Listener.on(Topics.RUNS)) {
            CompletableFuture<ValidatableResponse> answer =
                    CompletableFuture.supplyAsync(() -> postcheck("?repair=true"));
            await().atMost(Duration.ofSeconds(20)).until(() -> runs.heard(RunNews.class), heard -> !heard.isEmpty());
            assertThat(runs.heard(RunNews.class))
                    .containsExactly(new RunNews(RunNews.What.REPAIR_ASKED, night.run(), "daily:2026-11-21"));
            assertThat(runs.headers(0)).containsEntry("ce_source", "/rollcall/postcheck");
            assertThat(Night.serveRepairs(1, 3)).isOne();
            answer.join()
                    .statusCode(200)
                    .body("repair.asked", equalTo(true))
                    .body("repair.done", equalTo(true))
                    .body("repair.madeDue", equalTo(1))
                    .body("repair.skippedInFlight", equalTo(3))
                    .body("repair.attempts", hasSize(1))
                    .body("repair.attempts[0].madeDue", equalTo(1))
                    .body("repair.attempts[0].doneAt", not(nullValue()));
        }
        postcheck("").body("repair.asked", equalTo(false)).body("repair.attempts", hasSize(1));
        assertThat(Night.strings("""
                        select result -> 'repair' -> 'attempts' -> 0 ->> 'madeDue' from scheduler_runs order by id
                        """)).containsExactly("1", "1");
    }

    @Test
    void whereNothingFailedNoRepairIsAskedFor() {
        Night.open(Night.DAY, 1, 1, 2, "openai").task("org-01", "p1", "openai", "running", 1, null);
        postcheck("?repair=true")
                .body("summary.overallHealth", equalTo("NEEDS_ATTENTION"))
                .body("repair.asked", equalTo(false))
                .body("repair.note", containsString("nothing to repair"));
        assertThat(Night.count("repair")).isZero();
    }

    @Test
    void everyJudgementIsInTheHistoryAndOnTheTopic() {
        Night.open(Night.DAY, 1, 1, 4, "openai").task("org-01", "p1", "openai", "failed", 5, "exhausted");
        try (Listener coverage = Listener.on(Topics.COVERAGE)) {
            postcheck("").statusCode(200);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> coverage.heard(CoverageJudged.class), heard -> !heard.isEmpty());
            assertThat(coverage.heard(CoverageJudged.class))
                    .containsExactly(new CoverageJudged(
                            "daily:2026-11-21",
                            "NEEDS_ATTENTION",
                            new java.math.BigDecimal("75.00"),
                            new java.math.BigDecimal("100.00"),
                            1));
            assertThat(coverage.headers(0)).containsEntry("ce_type", CoverageJudged.TYPE);
        }
        assertThat(Night.strings("""
                        select concat_ws(' ', function, run_key, status, completed_at is not null,
                                         result -> 'prompts' ->> 'missing', result -> 'summary' -> 'tasks' ->> 'failed',
                                         result ->> 'askedBy', jsonb_exists(result, 'missingPromptsByOrg'))
                        from scheduler_runs
                        """)).containsExactly("postcheck daily:2026-11-21 NEEDS_ATTENTION t 1 1 request f");
        given().get("/metrics")
                .then()
                .body(containsString("rollcall_postcheck_coverage_percent{of=\"prompts\"} 75.0"))
                .body(containsString("rollcall_postcheck_judgements_total{health=\"NEEDS_ATTENTION\"}"));
    }

    @Test
    void withoutTheLedgerTheAnswerSaysSoAndItComesBackByItself() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        Night.execute("alter role rollcall_postcheck connection limit 0");
        try {
            Night.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'rollcall_postcheck'");
            postcheck("")
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("detail", containsString("PostgreSQL"));
        } finally {
            Night.execute("alter role rollcall_postcheck connection limit -1");
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> postcheck("").statusCode(200));
    }

    private static ValidatableResponse postcheck(String query) {
        return given().header("x-cron-secret", TestSettings.SECRET)
                .urlEncodingEnabled(false)
                .post("/api/postcheck" + query)
                .then();
    }
}
