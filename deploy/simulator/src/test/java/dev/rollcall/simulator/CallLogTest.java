package dev.rollcall.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLogTest {

    @Test
    void a_thousand_calls_at_once_are_a_thousand_lines_with_their_nonces(@TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "latency=2000")) {
            var calls = LongStream.rangeClosed(1, 1_000)
                    .mapToObj(task -> rig.sendAsync(rig.chat(task, 1, "hello")))
                    .toList();
            var nonces = new HashMap<Long, String>();
            for (var i = 0; i < calls.size(); i++) {
                nonces.put(i + 1L, Rig.nonceIn(calls.get(i).join().body()));
            }
            assertThat(nonces.values()).doesNotContain("none").doesNotHaveDuplicates();

            await().until(() -> rig.tally("p").getInteger("inFlight") == 0);
            assertThat(rig.tally("p").getInteger("maxInFlight")).isGreaterThan(500);
            var lines = rig.calls();
            assertThat(lines).hasSize(1_000);
            for (var line : lines) {
                assertThat(line.getString("nonce")).isEqualTo(nonces.remove(line.getLong("task")));
                assertThat(line.getInteger("attempt")).isEqualTo(1);
                assertThat(line.getString("provider")).isEqualTo("p");
                assertThat(line.getString("outcome")).isEqualTo("answered");
                assertThat(line.getInteger("status")).isEqualTo(200);
                assertThat(line.getBoolean("clientGone")).isFalse();
            }
            assertThat(nonces).isEmpty();
        }
    }

    @Test
    void times_have_micros_and_headers_may_be_absent(@TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            rig.send(rig.chat("hello"));
            var line = await().until(rig::calls, calls -> calls.size() == 1).getFirst();
            assertThat(line.getLong("task")).isZero();
            assertThat(line.getInteger("attempt")).isEqualTo(1);
            assertThat(line.getString("received")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
            assertThat(Instant.parse(line.getString("received")))
                    .isBeforeOrEqualTo(Instant.parse(line.getString("done")));
        }
    }

    @Test
    void lines_reach_the_file_without_anyone_asking(@TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            rig.send(rig.chat("hello"));
            assertThat(await().until(rig::lines, lines -> !lines.isEmpty())).hasSize(1);
        }
    }

    @Test
    void stopping_logs_what_is_in_flight(@TempDir Path folder) throws Exception {
        var rig = Rig.start(folder, "{}");
        var calls = LongStream.rangeClosed(1, 20)
                .mapToObj(task ->
                        rig.sendAsync(rig.chat(task, 1, task % 2 == 0 ? "[[sim:hang]]" : "[[sim:latency=3000000]]")))
                .toList();
        await().until(() -> rig.tally("p").getInteger("inFlight", 0) == 20);
        rig.server().close();
        assertThat(rig.lines()).hasSize(20).allSatisfy(line -> {
            assertThat(line.getString("outcome")).isEqualTo("stopped");
            assertThat(line.getBoolean("clientGone")).isFalse();
        });
        assertThat(calls).allSatisfy(call -> assertThat(call).failsWithin(Duration.ofSeconds(10)));
        rig.http().shutdownNow();
    }

    @Test
    void a_second_start_appends(@TempDir Path folder) throws Exception {
        for (var start = 1; start <= 2; start++) {
            try (var rig = Rig.start(folder, "{}")) {
                rig.send(rig.chat(start, 1, "hello"));
                var sofar = start;
                await().until(() -> rig.calls().size() == sofar);
            }
        }
    }

    @Test
    void refusals_are_logged_too(@TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            rig.send(Wire.OPEN_AI.askWithoutKey(rig, "hello"));
            rig.send(rig.to("/nobody"));
            var lines = await().until(rig::calls, calls -> calls.size() == 2);
            assertThat(lines).allMatch(line -> line.getString("outcome").equals("refused"));
            assertThat(lines.getFirst().getInteger("status")).isEqualTo(401);
        }
    }
}
