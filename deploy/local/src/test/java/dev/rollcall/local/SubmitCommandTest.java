package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.client.BatchSamples;
import dev.rollcall.local.client.ServiceDouble.Sent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest {

    private static final String ACCEPTED = "{\"batchId\":\"17\",\"rows\":2,\"tasks\":4}";
    private static final String ROWS = "title,n\nGröße,1\n\"a, b\",2\n";

    @TempDir
    Path folder = Path.of("");

    private CommandRig rig;
    private Path csv = Path.of("");

    @BeforeEach
    void start() throws Exception {
        rig = new CommandRig(folder);
        csv = Files.writeString(folder.resolve("prompts.csv"), ROWS);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_file_is_handed_in_and_only_the_batchs_number_is_on_standard_output() {
        rig.service().answer("POST /api/batch?organization=acme", 201, ACCEPTED);
        var submitted = rig.run(
                "batch",
                "submit",
                csv.toString(),
                "--prompt",
                "Write of {{title}}: 100 %",
                "--provider",
                "a",
                "--provider",
                "b",
                "--organization",
                "acme",
                "--max-retries",
                "0",
                "--idempotency-key",
                "order-1");
        assertThat(submitted.status()).isZero();
        assertThat(submitted.out()).isEqualToIgnoringNewLines("17");
        assertThat(submitted.err()).contains("2 rows, 4 tasks");
        Sent sent = rig.service().sent().getLast();
        assertThat(sent.header("idempotency-key")).isEqualTo("order-1");
        assertThat(parts(sent))
                .satisfiesExactly(
                        request -> assertThat(request)
                                .startsWith("Content-Disposition: form-data; name=\"request\"\r\n")
                                .endsWith(
                                        "\r\n\r\n{\"prompt\":\"Write of {{title}}: 100 %\",\"providers\":[\"a\",\"b\"],"
                                                + "\"maxRetries\":0}\r\n"),
                        rows -> assertThat(rows)
                                .startsWith("Content-Disposition: form-data; name=\"rows\";")
                                .endsWith("\r\n\r\n" + ROWS + "\r\n"));
    }

    @Test
    void rows_may_come_from_standard_input_and_the_prompt_from_a_file() throws Exception {
        rig.service().answer("POST /api/batch", 201, ACCEPTED);
        Path prompt = Files.writeString(folder.resolve("prompt"), "Line 1 {{n}}\nLine 2\n");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(ROWS.getBytes(UTF_8)));
        try {
            assertThat(rig.run("batch", "submit", "-", "--prompt-file", prompt.toString(), "--provider", "a")
                            .status())
                    .isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(parts(rig.service().sent().getLast()))
                .satisfiesExactly(
                        request -> assertThat(request).contains("Line 1 {{n}}\\nLine 2\\n"),
                        rows -> assertThat(rows).endsWith("\r\n\r\n" + ROWS + "\r\n"));
    }

    @Test
    void a_bad_line_is_named_with_its_file() {
        rig.service()
                .answer(
                        "POST /api/batch",
                        400,
                        "{\"detail\":\"1 line is wrong\",\"errors\":[{\"line\":3,\"message\":\"3 cells, not 2\"}]}");
        var refused = rig.run("batch", "submit", csv.toString(), "--prompt", "p", "--provider", "a");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains(csv + ":3: 3 cells, not 2").contains("1 line is wrong");
    }

    @Test
    void a_watched_batch_ends_with_1_when_something_failed() {
        rig.service()
                .answer("POST /api/batch", 201, ACCEPTED)
                .answer("GET /api/batch/17", 200, BatchSamples.batch("completed", 9, 1));
        var watched = rig.run("batch", "submit", csv.toString(), "--prompt", "p", "--provider", "a", "--watch");
        assertThat(watched.status()).isEqualTo(1);
        assertThat(watched.out()).isEqualToIgnoringNewLines("17");
        assertThat(watched.err()).contains("1 failed");
    }

    private static String[] parts(Sent sent) {
        String boundary = sent.header("content-type").replaceFirst("multipart/form-data; boundary=", "");
        String[] pieces = sent.body().split("--" + boundary + "(\r\n|--\r\n)");
        return Arrays.copyOfRange(pieces, 1, pieces.length);
    }
}
