package dev.rollcall.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {

    private final Rig rig;

    ControlTest(@TempDir Path folder) throws IOException {
        rig = Rig.start(folder, "answerBytes=100");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_mode_changes_while_running_and_a_reset_brings_the_first_one_back() throws Exception {
        assertThat(status()).isEqualTo(200);
        assertThat(rig.send(rig.put("/control", "{\"errorRate\": 1}")).statusCode())
                .isEqualTo(200);
        assertThat(status()).isEqualTo(500);
        assertThat(rig.send(rig.to("/control").DELETE()).statusCode()).isEqualTo(204);
        assertThat(status()).isEqualTo(200);
        assertThat(rig.control().getJsonObject("mode").getInteger("answerBytes"))
                .isEqualTo(100);
    }

    @Test
    void a_providers_mode_is_its_own() throws Exception {
        rig.send(rig.put("/control/p", "{\"status\": 401}"));
        assertThat(status()).isEqualTo(401);
        rig.send(rig.put("/control/q", "{\"status\": 402}"));
        rig.send(rig.put("/control", "{\"status\": 403}"));
        assertThat(status()).isEqualTo(401);
        var control = rig.control();
        assertThat(control.getJsonObject("mode").getInteger("status")).isEqualTo(403);
        assertThat(control.getJsonObject("modeByProvider").fieldNames()).containsExactly("p", "q");
    }

    @Test
    void counts_calls_by_provider_and_outcome() throws Exception {
        status();
        rig.send(rig.chat("[[sim:fail]]"));
        rig.send(rig.chat("[[sim:throttle]]"));
        await().until(() -> rig.tally("p").getInteger("inFlight") == 0);
        assertThat(rig.tally("p")).isEqualTo(new JsonObject("""
                                {"calls": 3, "inFlight": 0, "maxInFlight": 1,
                                 "outcomes": {"answered": 1, "failed": 1, "throttled": 1}}
                                """));
        rig.send(rig.to("/control").DELETE());
        assertThat(rig.tally("p").getInteger("calls")).isZero();
        assertThat(rig.tally("p").getJsonObject("outcomes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"errorRate\": 0.5",
                "{\"errorRate\": 7}",
                "{\"errorRate\": 0.5, \"speed\": 1}",
                "{\"latency\": \"soon\"}",
                "{\"errorRate\": 0.7, \"hangRate\": 0.7}"
            })
    void nonsense_is_a_problem_and_changes_nothing(String body) throws Exception {
        var before = rig.control().getJsonObject("mode");
        for (var path : new String[] {"/control", "/control/p"}) {
            var response = rig.send(rig.put(path, body));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(new JsonObject(response.body()).getString("detail")).isNotBlank();
        }
        assertThat(rig.control().getJsonObject("mode")).isEqualTo(before);
        assertThat(rig.control().getJsonObject("modeByProvider")).isEmpty();
    }

    @Test
    void a_problem_names_what_is_wrong() throws Exception {
        assertThat(rig.send(rig.put("/control", "{\"errorRate\": 7}")).body()).contains("errorRate", "between 0 and 1");
        assertThat(rig.send(rig.put("/control", "{\"speed\": 7}")).body()).contains("speed", "latency");
    }

    @Test
    void other_paths_and_methods_are_problems_too() throws Exception {
        assertThat(rig.send(rig.to("/control/p/q").GET()).statusCode()).isEqualTo(404);
        assertThat(rig.send(rig.to("/control/p").DELETE()).statusCode()).isEqualTo(405);
        assertThat(rig.calls()).as("the control is no provider").isEmpty();
    }

    private int status() throws IOException, InterruptedException {
        return rig.send(rig.chat("hello")).statusCode();
    }
}
