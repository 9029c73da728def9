package dev.rollcall.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MisbehaviourTest {

    private final Rig rig;

    MisbehaviourTest(@TempDir Path folder) throws IOException {
        rig = Rig.start(folder, "{}");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void fails_the_attempts_it_was_told_to() throws Exception {
        assertThat(rig.send(rig.chat(1, 2, "[[sim:fail=2]]")).statusCode()).isEqualTo(500);
        assertThat(rig.send(rig.chat(1, 3, "[[sim:fail=2]]")).statusCode()).isEqualTo(200);
        assertThat(rig.send(rig.chat("[[sim:fail=1]]")).statusCode())
                .as("no header counts as the first attempt")
                .isEqualTo(500);
    }

    @Test
    void throttles_the_first_attempt_only() throws Exception {
        var first = rig.send(rig.chat(1, 1, "[[sim:throttle=1]]"));
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("retry-after")).hasValue("1");
        assertThat(rig.send(rig.chat(1, 2, "[[sim:throttle=1]]")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "1000000000", "Wed, 21 Oct 2026 07:28:00 GMT", "soon", ""})
    void sends_a_retry_after_word_for_word(String retryAfter) throws Exception {
        rig.send(rig.put(
                "/control",
                new JsonObject()
                        .put("throttleRate", 1)
                        .put("retryAfter", retryAfter)
                        .encode()));
        assertThat(rig.send(rig.chat("hello")).headers().firstValue("retry-after"))
                .hasValue(retryAfter);
    }

    @Test
    void sends_no_retry_after_if_none_was_asked_for() throws Exception {
        rig.send(rig.put("/control", "{\"throttleRate\": 1}"));
        assertThat(rig.send(rig.chat("hello")).headers().firstValue("retry-after"))
                .isEmpty();
    }

    @Test
    void sees_a_client_that_leaves_a_hanging_call() throws Exception {
        var call = rig.sendAsync(rig.chat(7, 1, "[[sim:hang]]"));
        await().until(() -> rig.tally("p").getInteger("inFlight", 0) == 1);
        call.cancel(true);
        var line = onlyLine();
        assertThat(line.getString("outcome")).isEqualTo("hung");
        assertThat(line.getBoolean("clientGone")).isTrue();
        assertThat(line.getValue("status")).isNull();
        assertThat(line.getValue("nonce")).isNull();
        assertThat(rig.tally("p").getInteger("inFlight")).isZero();
    }

    @Test
    void sees_a_client_that_leaves_before_its_answer_and_issues_no_nonce() throws Exception {
        var call = rig.sendAsync(rig.chat(7, 1, "[[sim:latency=3000000]]"));
        await().until(() -> rig.tally("p").getInteger("inFlight", 0) == 1);
        call.cancel(true);
        var line = onlyLine();
        assertThat(line.getString("outcome")).isEqualTo("gone");
        assertThat(line.getBoolean("clientGone")).isTrue();
        assertThat(line.getValue("nonce")).isNull();
    }

    @Test
    void sees_a_client_that_leaves_a_dripping_answer() throws Exception {
        var response = rig.http().send(rig.chat(7, 1, "[[sim:drip=3000000]]").build(), BodyHandlers.ofInputStream());
        assertThat(response.body().readNBytes(5)).hasSize(5);
        response.body().close();
        var line = onlyLine();
        assertThat(line.getString("outcome")).isEqualTo("gone");
        assertThat(line.getInteger("status")).isEqualTo(200);
    }

    @Test
    void takes_the_time_it_was_told_to() throws Exception {
        var before = System.nanoTime();
        rig.send(rig.chat("[[sim:latency=300]]"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(299));
        var line = onlyLine();
        assertThat(Duration.between(Instant.parse(line.getString("received")), Instant.parse(line.getString("done"))))
                .isGreaterThanOrEqualTo(Duration.ofMillis(299));
    }

    @Test
    void drips_a_whole_answer_in_the_time_given() throws Exception {
        var before = System.nanoTime();
        var response = rig.send(rig.chat("[[sim:drip=400]]"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(380));
        assertThat(Wire.OPEN_AI.reply(response.body()).text()).hasSize(500);
        assertThat(onlyLine().getString("outcome")).isEqualTo("answered");
    }

    @Test
    void closes_half_way() throws Exception {
        assertThatThrownBy(() -> rig.send(rig.chat("[[sim:cut]]"))).isInstanceOf(IOException.class);
        var line = onlyLine();
        assertThat(line.getString("outcome")).isEqualTo("cut");
        assertThat(line.getBoolean("clientGone")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "cut-json", "wrong-type", "redirect", "gzip-bomb"})
    void sends_garbage_without_a_nonce(String kind) throws Exception {
        var response = rig.send(rig.chat("[[sim:garbage=" + kind + "]]"));
        assertThat(response.statusCode()).isEqualTo(kind.equals("redirect") ? 302 : 200);
        assertThat(response.body()).doesNotContain("nonce=");
        var line = onlyLine();
        assertThat(line.getString("outcome")).isEqualTo("garbage");
        assertThat(line.getValue("nonce")).isNull();
    }

    @Test
    void an_answer_with_a_nul_is_a_good_one_with_its_nonce() throws Exception {
        var response = rig.send(rig.chat("[[sim:garbage=nul]]"));
        var line = onlyLine();
        assertThat(line.getString("outcome")).isEqualTo("answered");
        assertThat(Wire.OPEN_AI.reply(response.body()).text())
                .isEqualTo("nonce=%s a\0b".formatted(line.getString("nonce")));
    }

    @Test
    void a_gzip_bomb_inflates_to_256_mebibytes() throws Exception {
        var response = rig.http().send(rig.chat("[[sim:garbage=gzip-bomb]]").build(), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
        try (var inflated = new GZIPInputStream(response.body(), 1 << 16)) {
            assertThat(inflated.transferTo(OutputStream.nullOutputStream())).isEqualTo(256L << 20);
        }
    }

    @Test
    void floods_only_as_fast_as_the_client_reads() throws Exception {
        var response = rig.http().send(rig.chat("[[sim:garbage=huge]]").build(), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValueAsLong("content-length")).hasValue(1L << 30);
        assertThat(response.body().readNBytes(1 << 20)).hasSize(1 << 20);
        response.body().close();
        assertThat(onlyLine().getString("outcome")).isEqualTo("gone");
    }

    private JsonObject onlyLine() {
        return await().until(rig::calls, calls -> calls.size() == 1).getFirst();
    }
}
