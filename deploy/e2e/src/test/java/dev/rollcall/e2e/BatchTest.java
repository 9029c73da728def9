package dev.rollcall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.BatchApi;
import dev.rollcall.local.client.BatchOrder;
import dev.rollcall.local.client.BatchStatus;
import dev.rollcall.local.client.KeyApi;
import dev.rollcall.local.client.SimulatorApi;
import dev.rollcall.local.client.SimulatorApi.Call;
import dev.rollcall.local.client.TriggerApi;
import dev.rollcall.local.demo.DemoData;
import dev.rollcall.local.system.Blueprint;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.system.Service;
import dev.rollcall.local.witness.Audit;
import dev.rollcall.local.witness.LedgerView;
import dev.rollcall.servers.RepositoryRoot;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Batches of rows on the whole system, handed in and followed with the command line's own interface.
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class BatchTest {

    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final int ROWS = 400;
    private static final int TASKS = 2 * ROWS;
    /// Calls at one time: what the two providers' concurrency allows.
    private static final int IN_FLIGHT = 2 * 8;
    private static final int MANY = 50_000;
    /// How long one row may take although another organization has handed in very many: it is a matter of seconds.
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path folder = Path.of("");

    private LocalSystem system;
    private SimulatorApi simulator;
    private KeyApi keys;
    private BatchApi acme;
    private String batch = "";

    @BeforeAll
    void start() {
        system = LocalSystem.start(Blueprint.small(RepositoryRoot.find(), folder)
                .with(Service.WORKER, "ROLLCALL_WORKER_HEARTBEAT", "500ms")
                .with(Service.WORKER, "ROLLCALL_WORKER_LEASE", "3s")
                .with(Service.WORKER, "MP_MESSAGING_INCOMING_TASKS_SESSION_TIMEOUT_MS", "3000")
                .with(Service.WORKER, "ROLLCALL_PROVIDER_REFRESH", "500ms")
                .with(Service.WORKER, "ROLLCALL_HTTP_ALLOW", "127.0.0.1")
                .with(Service.RECONCILER, "ROLLCALL_RECONCILE_EVERY", "1s"));
        simulator = SimulatorApi.at(system.address("simulator"));
        var operator = new Api(system.address("trigger"), system.blueprint().secret(), system.operatorKey());
        var trigger = new TriggerApi(operator);
        trigger.put("organizations", "id,name,active\nacme,Acme,true\nbravo,Bravo,true\n".getBytes(UTF_8));
        trigger.put(
                "providers",
                DemoData.of(RepositoryRoot.find(), system.address("simulator")).providers(0));
        keys = new KeyApi(operator);
        acme = batches("acme");
    }

    @AfterAll
    void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void a_cancelled_batch_says_what_became_of_every_task() throws Exception {
        simulator.answerAfter("200..400");
        Path csv = Files.writeString(folder.resolve("prompts.csv"), rows(ROWS));
        var accepted = acme.submit(order("acme"), BodyPublishers.ofFile(csv));
        assertThat(accepted.rows()).isEqualTo(ROWS);
        assertThat(accepted.tasks()).isEqualTo(TASKS);
        batch = accepted.batchId();

        seen(acme, batch, status -> status.percent() >= 20);
        acme.change(batch, "cancel");
        BatchStatus cancelled = seen(acme, batch, BatchStatus::isOver);
        assertThat(cancelled.status()).isEqualTo("cancelled");
        var receipt = cancelled.receipt();
        assertThat(receipt).isNotNull();
        assertThat(receipt.neverStarted() + receipt.abortedInCall() + receipt.finishedBefore())
                .isEqualTo(TASKS);
        assertThat(receipt.neverStarted()).isPositive();
        assertThat(receipt.finishedBefore()).isGreaterThanOrEqualTo(TASKS / 5);
        assertThat(receipt.stillRunning()).isZero();
    }

    @Test
    @Order(2)
    void resumed_it_ends_whole_although_trigger_worker_and_reconciler_die_on_the_way() {
        acme.change(batch, "resume");
        for (String name : List.of("trigger", "worker-1", "reconciler")) {
            long before = acme.show(batch).counts().succeeded();
            BatchStatus moving = seen(acme, batch, status -> status.counts().succeeded() > before + 40);
            assertThat(moving.isOver()).isFalse();
            system.kill(name);
            system.restart(name);
        }
        BatchStatus end = seen(acme, batch, BatchStatus::isOver);
        assertThat(end.status()).isEqualTo("completed");
        assertThat(end.counts().succeeded()).isEqualTo(TASKS);
    }

    @Test
    @Order(3)
    void nothing_ran_twice_but_what_was_in_flight() {
        var audit = Audit.of(LedgerView.read(system.jdbcUrl()), simulator.calls());
        assertThat(audit.objections()).isEmpty();
        assertThat(audit.holds()).isTrue();
        assertThat(audit.answered()).isEqualTo(TASKS);
        assertThat(audit.extra()).as("cancelled once, killed once").isLessThanOrEqualTo(2 * IN_FLIGHT);
    }

    @Test
    @Order(4)
    void the_results_have_each_row_once_on_each_provider() throws IOException {
        Path csv = folder.resolve("results.csv");
        try (var out = Files.newOutputStream(csv)) {
            acme.results(batch, BatchApi.Format.CSV, answer -> answer.transferTo(out));
        }
        var lines = Files.readAllLines(csv);
        assertThat(lines.getFirst()).startsWith("row,title,provider,state,answer");
        assertThat(lines.stream().skip(1).map(BatchTest::rowAndProvider))
                .hasSize(TASKS)
                .doesNotHaveDuplicates()
                .contains("0 openai", "399 mistral");
        assertThat(lines.stream().skip(1)).allMatch(line -> line.contains(",succeeded,\"nonce="));
    }

    @Test
    @Order(5)
    void one_row_does_not_wait_behind_a_hundred_thousand_tasks_of_another_organization() {
        simulator.answerAfter("100..200");
        var large = acme.submit(order("acme"), BodyPublishers.ofString(rows(MANY)));
        seen(acme, large.batchId(), status -> status.counts().succeeded() > 40);

        var bravo = batches("bravo");
        var small = bravo.submit(order("bravo"), BodyPublishers.ofString(rows(1)));
        await().atMost(SOON).until(() -> bravo.show(small.batchId()), BatchStatus::allSucceeded);
        assertThat(acme.show(large.batchId()).isOver()).isFalse();
        acme.change(large.batchId(), "cancel");
        assertThat(seen(acme, large.batchId(), BatchStatus::isOver).status()).isEqualTo("cancelled");
    }

    @Test
    @Order(6)
    void with_a_concurrency_of_one_rows_are_called_one_after_the_other_in_their_order() {
        var before = lanes(simulator.calls());
        var order = new BatchOrder("Write of {{title}}.", List.of("openai"), null, null, 1, null, null, null, null);
        String id = acme.submit(order, BodyPublishers.ofString(rows(15))).batchId();
        seen(acme, id, BatchStatus::allSucceeded);

        List<Call> calls = await().atMost(BOUND)
                .until(
                        () -> simulator.calls().stream()
                                .filter(call -> !before.contains(call.task() >> 24))
                                .sorted(Comparator.comparing(Call::received))
                                .toList(),
                        found -> found.size() == 15);
        assertThat(calls).extracting(Call::task).isSorted();
        Instant free = Instant.MIN;
        for (Call call : calls) {
            assertThat(call.received()).isAfterOrEqualTo(free);
            free = call.done();
        }
    }

    @Test
    @Order(7)
    void a_completion_is_told_once_and_signed() throws Exception {
        try (var receiver = new Receiver(keys.newSigningSecret("acme"))) {
            var order = order("acme").withWebhook(receiver.address().toString());
            String id = acme.submit(order, BodyPublishers.ofString(rows(2))).batchId();
            seen(acme, id, BatchStatus::allSucceeded);
            String told = await().atMost(BOUND).until(receiver::first, body -> !body.isEmpty());
            assertThat(told).contains("\"" + id + "\"");
            assertThat(receiver.unsigned()).isZero();
        }
    }

    private BatchApi batches(String organization) {
        var order = new KeyApi.Order("end to end", List.of("read", "write", "operate"), null);
        String key = keys.create(order, organization).key();
        return new BatchApi(new Api(system.address("trigger"), "", key));
    }

    private static BatchOrder order(String organization) {
        return BatchOrder.of(organization, "Write of {{title}}.", "openai", "mistral");
    }

    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj("topic %d\n"::formatted)
                .collect(Collectors.joining("", "title\n", ""));
    }

    private static String rowAndProvider(String line) {
        String[] cells = line.split(",", 4);
        return cells[0] + " " + cells[2];
    }

    private static HashSet<Long> lanes(List<Call> calls) {
        return calls.stream().map(call -> call.task() >> 24).collect(Collectors.toCollection(HashSet::new));
    }

    private static BatchStatus seen(BatchApi batches, String id, Predicate<BatchStatus> condition) {
        return await().atMost(BOUND).pollInterval(Duration.ofMillis(100)).until(() -> batches.show(id), condition);
    }
}
