package dev.rollcall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.local.check.Check;
import dev.rollcall.local.check.CheckOptions;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.ApiFailure;
import dev.rollcall.local.client.PostcheckApi;
import dev.rollcall.local.client.RunStatus;
import dev.rollcall.local.client.SimulatorApi;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.demo.DemoData;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.system.Service;
import dev.rollcall.local.terminal.Screen;
import dev.rollcall.local.witness.Audit;
import dev.rollcall.local.witness.LedgerView;
import dev.rollcall.servers.RepositoryRoot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One system, one night after the other: PostgreSQL, Kafka, four services, two workers, a provider.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class NightTest {

    private static final Duration NIGHT = Duration.ofMinutes(2);
    private static final int PROVIDERS = 4;
    private static final int CONCURRENCY = 8;

    @TempDir
    static Path folder = Path.of("");

    private LocalSystem system;
    private TriggerApi trigger;
    private PostcheckApi postcheck;
    private SimulatorApi simulator;
    private DemoData data;

    @BeforeAll
    void start() {
        system = LocalSystem.start(Blueprint.small(RepositoryRoot.find(), folder)
                .withWorkers(2)
                .with(Service.WORKER, "ROLLCALL_WORKER_HEARTBEAT", "500ms")
                .with(Service.WORKER, "ROLLCALL_WORKER_LEASE", "3s")
                .with(Service.WORKER, "MP_MESSAGING_INCOMING_TASKS_SESSION_TIMEOUT_MS", "3000")
                .with(Service.WORKER, "ROLLCALL_PROVIDER_REFRESH", "500ms")
                .with(Service.RECONCILER, "ROLLCALL_RECONCILE_EVERY", "1s"));
        trigger = new TriggerApi(api("trigger").withKey(system.operatorKey()));
        postcheck = new PostcheckApi(api("postcheck"));
        simulator = SimulatorApi.at(system.address("simulator"));
        data = DemoData.of(RepositoryRoot.find(), system.address("simulator"));
    }

    @AfterAll
    void stop() {
        List<Long> pids = List.copyOf(system.pids().values());
        system.close();
        assertThat(pids).hasSizeGreaterThan(6).noneMatch(NightTest::isAlive);
    }

    @Test
    @Order(1)
    void a_worker_and_the_reconciler_may_die_and_every_task_still_has_one_answer() {
        trigger.put("organizations", data.organizations());
        trigger.put("prompts", data.prompts());
        trigger.put("providers", data.providers(0));
        simulator.answerAfter("100..250");
        RunStatus opened = trigger.open(false).run();
        assertThat(opened.total()).isEqualTo(980);
        assertThat(opened.organizationsOrNone()).hasSize(25);

        seen(opened.key(), run -> run.percent() >= 30);
        system.kill("reconciler");
        system.kill("worker-1");
        system.restart("reconciler");
        RunStatus end = seen(opened.key(), RunStatus::isOver);

        assertThat(end.status()).isEqualTo("failed");
        assertThat(end.completed()).isEqualTo(976);
        assertThat(end.failed()).isEqualTo(4);
        assertThat(trigger.history("reconciler", 20))
                .anyMatch(entry -> entry.result().path("deadWorkers").size() == 1);

        var audit = audit();
        assertThat(audit.objections()).isEmpty();
        assertThat(audit.holds()).isTrue();
        assertThat(audit.tasks()).isEqualTo(980);
        assertThat(audit.answered()).isEqualTo(976);
        assertThat(audit.extra()).isLessThanOrEqualTo(PROVIDERS * CONCURRENCY);
    }

    @Test
    @Order(2)
    void the_postcheck_names_the_one_prompt_that_is_missing_and_why() {
        var coverage = postcheck.judge(newest().key());
        assertThat(coverage.promptCoverage().expectedActivePrompts()).isEqualTo(245);
        assertThat(coverage.summary().overallHealth()).isEqualTo("HEALTHY");
        assertThat(coverage.missing()).singleElement().satisfies(prompt -> {
            assertThat(prompt.organization()).isEqualTo("Birchwood Dental Group");
            assertThat(prompt.gaps()).hasSize(PROVIDERS).allMatch(gap -> Integer.valueOf(400)
                    .equals(gap.httpStatus()));
        });
    }

    @Test
    @Order(3)
    void triggering_the_day_again_changes_nothing_and_a_wrong_secret_neither() {
        var again = trigger.open(false);
        assertThat(again.opened()).isFalse();
        assertThat(again.run().total()).isEqualTo(980);

        var stranger = new TriggerApi(new Api(system.address("trigger"), "guessed"));
        assertThatThrownBy(() -> stranger.open(true))
                .isInstanceOfSatisfying(
                        ApiFailure.Refused.class, no -> assertThat(no.status()).isEqualTo(401));
        assertThat(newest().key()).isEqualTo(again.run().key());
    }

    @Test
    @Order(4)
    void a_bad_file_is_refused_with_its_line_numbers() {
        byte[] bad = "organization,id,text\nbirchwood-dental,new,Is it good?\nnobody,p01,Who?\n".getBytes(UTF_8);
        assertThatThrownBy(() -> trigger.put("prompts", bad))
                .isInstanceOfSatisfying(ApiFailure.Refused.class, no -> assertThat(no.badLines())
                        .singleElement()
                        .satisfies(line -> assertThat(line.line()).isEqualTo(3)));
    }

    @Test
    @Order(5)
    void the_check_says_not_done_and_after_a_forced_repeat_with_the_prompt_mended_all_done() throws Exception {
        system.restart("worker-1");
        simulator.answerAfter("0");
        var printed = new StringWriter();
        assertThat(check(printed, false)).isFalse();
        assertThat(printed.toString()).contains("976 of 980 tasks completed");

        String mended = new String(data.prompts(), UTF_8).replace("[[sim:status=400]]", "");
        assertThat(trigger.put("prompts", mended.getBytes(UTF_8)).updated()).isEqualTo(1);
        assertThat(check(printed, true)).as(printed.toString()).isTrue();
        assertThat(newest().key()).endsWith("#2");
        assertThat(audit().objections()).isEmpty();
    }

    @Test
    @Order(6)
    void a_repair_heals_what_failed_in_the_same_run_and_only_that() {
        misbehave("mistral", "{\"status\":403}");
        RunStatus failed = seen(trigger.open(true).run().key(), RunStatus::isOver);
        behave();
        assertThat(failed.failed())
                .as("all but those whose prompt decides the answer")
                .isEqualTo(240);

        JsonNode answer = repair(failed.key());
        assertThat(answer.at("/repair/madeDue").asInt()).isEqualTo(240);
        assertThat(answer.at("/repair/attempts")).hasSize(1);
        RunStatus healed = seen(failed.key(), run -> run.completed() == run.total());
        assertThat(healed.id()).isEqualTo(failed.id());
        assertThat(postcheck.judge(healed.key()).promptCoverage().missingPromptsCount())
                .isZero();
        assertThat(audit().objections()).isEmpty();
    }

    @Test
    @Order(7)
    void a_worker_that_is_told_to_stop_finishes_what_it_has_begun() {
        int extraBefore = audit().extra();
        simulator.answerAfter("100..250");
        RunStatus opened = trigger.open(true).run();
        seen(opened.key(), run -> run.percent() >= 20);
        assertThat(system.stop("worker-1")).as("it went by itself").isTrue();
        RunStatus end = seen(opened.key(), RunStatus::isOver);
        assertThat(end.completed()).isEqualTo(end.total());
        assertThat(audit().extra()).isEqualTo(extraBefore);
        assertThat(audit().objections()).isEmpty();
        system.restart("worker-1");
    }

    @Test
    @Order(8)
    void kafka_and_postgresql_may_die_on_the_way_and_nothing_is_lost() {
        int extraBefore = audit().extra();
        simulator.answerAfter("50..150");
        RunStatus opened = trigger.open(true).run();
        seen(opened.key(), run -> run.percent() >= 20);
        system.kafka().kill();
        seen(opened.key(), run -> run.processing() == 0);
        system.kafka().start();
        seen(opened.key(), run -> run.percent() >= 60);
        system.killPostgres();
        await().atMost(NIGHT).until(() -> refuses(opened.key()));
        system.restartPostgres();
        RunStatus end = await().atMost(NIGHT)
                .ignoreExceptionsInstanceOf(ApiFailure.class)
                .until(() -> trigger.run(opened.key()), RunStatus::isOver);
        assertThat(end.completed()).isEqualTo(end.total());
        var audit = audit();
        assertThat(audit.objections()).isEmpty();
        assertThat(audit.extra()).isEqualTo(extraBefore);
    }

    @Test
    @Order(9)
    void every_service_tells_its_health_its_interface_and_its_figures() {
        for (String name : List.of("trigger", "reconciler", "postcheck", "worker-1", "worker-2")) {
            Api service = api(name);
            assertThat(service.text("/health/live")).contains("UP");
            assertThat(readyAgain(service)).contains("UP", "Database", "Reactive Messaging");
            assertThat(service.text("/openapi")).contains("openapi");
        }
        assertThat(api("trigger").text("/metrics"))
                .contains("rollcall_dispatched_total", "rollcall_oldest_waiting_seconds");
        assertThat(api("worker-2").text("/metrics"))
                .contains("rollcall_claimed_total", "rollcall_claims_lost_total", "rollcall_in_flight");
    }

    /// A pool may hold a connection of the PostgreSQL that died until somebody takes it: one answer says so.
    private static String readyAgain(Api service) {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(ApiFailure.class)
                .until(() -> service.text("/health/ready"), answer -> true);
    }

    private boolean refuses(String key) {
        try {
            trigger.run(key);
            return false;
        } catch (ApiFailure away) {
            return true;
        }
    }

    private void misbehave(String provider, String mode) {
        simulator.api().put("/control/" + provider, "application/json", mode.getBytes(UTF_8), JsonNode.class);
    }

    private void behave() {
        misbehave("mistral", "{}");
    }

    private JsonNode repair(String key) {
        return api("postcheck")
                .post("/api/postcheck?repair=true&run=" + Api.encode(key), JsonNode.class)
                .body();
    }

    private boolean check(StringWriter printed, boolean force) throws InterruptedException {
        var options = new CheckOptions(force, true, NIGHT, Duration.ofMillis(500), Duration.ofSeconds(5));
        var screen = new Screen(new PrintWriter(printed, true), false);
        return new Check(trigger, postcheck, screen, options, Clock.systemUTC()).run();
    }

    private RunStatus seen(String key, Predicate<RunStatus> condition) {
        return await().atMost(NIGHT).pollInterval(Duration.ofMillis(100)).until(() -> trigger.run(key), condition);
    }

    private Audit audit() {
        return Audit.of(LedgerView.read(system.jdbcUrl()), simulator.calls());
    }

    private RunStatus newest() {
        return trigger.newest();
    }

    private Api api(String name) {
        return new Api(system.address(name), system.blueprint().secret());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
