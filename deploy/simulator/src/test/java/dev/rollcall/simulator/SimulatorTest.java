package dev.rollcall.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimulatorTest {

    @Test
    void says_where_it_listens_and_a_sigterm_flushes_the_log(@TempDir Path folder) throws Exception {
        var log = folder.resolve("calls.jsonl");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Simulator.class.getName(),
                        "--log",
                        log.toString(),
                        "--mode",
                        "status=402"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.inputReader(UTF_8);
                var http = HttpClient.newHttpClient()) {
            var line = out.readLine();
            assertThat(line).matches("simulator listening on http://127\\.0\\.0\\.1:\\d+");
            var uri = URI.create(line.substring(line.indexOf("http")) + "/p/v1/messages");
            var request = HttpRequest.newBuilder(uri)
                    .header("x-api-key", "key")
                    .POST(
                            HttpRequest.BodyPublishers.ofString(
                                    "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"));
            assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(402);
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readAllLines(log)).hasSize(1);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"errorRate=7", "speed=1", "latency", "{"})
    void a_nonsense_mode_is_a_wrong_command(String mode) {
        assertThat(run("--mode", mode)).contains("exit 2", "--mode");
    }

    @Test
    void a_port_in_use_is_told(@TempDir Path folder) throws Exception {
        try (var rig = Rig.start(folder, "{}")) {
            var port = Integer.toString(rig.server().uri().getPort());
            assertThat(run(
                            "--port",
                            port,
                            "--log",
                            folder.resolve("other.jsonl").toString()))
                    .contains("exit 1", "can't listen on 127.0.0.1:" + port);
        }
    }

    @Test
    void a_log_that_cannot_be_opened_is_told(@TempDir Path folder) {
        assertThat(run("--log", folder.resolve("missing/calls.jsonl").toString()))
                .contains("exit 1", "call log", "folder must exist");
    }

    private static String run(String... arguments) {
        var err = new StringWriter();
        var exit = new CommandLine(new Simulator())
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return "exit " + exit + ": " + err;
    }
}
