package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollcallTest {

    private record Result(int status, String output) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "up --workers 0",
                "up --workers many",
                "up --port-base 80",
                "import",
                "import --prompts /does/not/exist.csv",
                "check --timeout=0",
                "check --timeout=soon",
                "check --url=nonsense",
                "check --secret-file=/does/not/exist",
                "demo --workers 1",
                "batch",
                "batch submit",
                "batch submit - --provider a --key-file pom.xml",
                "batch submit - --provider a --prompt p --prompt-file pom.xml",
                "batch submit /does/not/exist.csv --provider a --prompt p --key-file pom.xml",
                "batch results 1 --format xml",
                "batch watch",
                "jobs",
                "jobs process --type http --limit 0",
                "jobs process --limit 5",
                "queues set",
                "keys create --organization acme --name ci",
                "keys list --key-file /does/not/exist"
            })
    void bad_usage_ends_with_2_and_says_so_without_a_stack_trace(String line) {
        var result = run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output()).isNotBlank().doesNotContain("at dev.rollcall");
    }

    @Test
    void an_unknown_command_is_named() {
        assertThat(run("chekc").output()).contains("chekc");
    }

    @Test
    void help_names_every_command() {
        var result = run("help");
        assertThat(result.status()).isZero();
        assertThat(result.output())
                .contains(
                        "demo", "up", "import", "check", "batch", "jobs", "queues", "keys", "version", "test", "build");
    }

    @Test
    void a_service_out_of_reach_ends_an_import_with_1(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "s");
        Path csv = Files.writeString(folder.resolve("o.csv"), "id,name\n");
        var result = run(
                "import",
                "--organizations",
                csv.toString(),
                "--secret-file",
                secret.toString(),
                "--url",
                "http://127.0.0.1:1");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("does not answer");
    }

    private static Result run(String... arguments) {
        var text = new StringWriter();
        var commandLine =
                Rollcall.commandLine().setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
        int status = commandLine.execute(arguments);
        return new Result(status, text.toString());
    }
}
