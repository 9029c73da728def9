package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandsTest {

    private static final String JOB = """
            {"jobId":"99","type":"http","queue":"http","organization":"acme","status":"failed","percent":0,"attempts":4,
            "maxRetries":3,"priority":5,"createdAt":"2026-11-21T08:00:00Z","payload":{"url":"http://x/"},
            "error":{"reason":"http_404","detail":"not found"}}
            """;

    @TempDir
    Path folder = Path.of("");

    private CommandRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new CommandRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_job_is_handed_in_and_only_its_number_is_on_standard_output() throws Exception {
        rig.service().answer("POST /api/jobs?organization=acme", 201, "{\"jobId\":\"99\"}");
        Path payload = Files.writeString(folder.resolve("payload"), "{\"millis\": 5}");
        var submitted = rig.run(
                "jobs",
                "submit",
                "sleep",
                "--payload-file",
                payload.toString(),
                "--organization",
                "acme",
                "--not-before",
                "2026-11-22T03:00:00Z",
                "--max-retries",
                "0");
        assertThat(submitted.out()).isEqualToIgnoringNewLines("99");
        assertThat(rig.service().sent().getLast().body())
                .isEqualTo("{\"type\":\"sleep\",\"payload\":{\"millis\":5},\"maxRetries\":0,"
                        + "\"notBefore\":\"2026-11-22T03:00:00Z\"}");
    }

    @Test
    void a_payload_that_is_no_object_is_bad_usage_and_is_not_sent() {
        for (String payload : new String[] {"{", "[1]", ""}) {
            var refused = rig.run("jobs", "submit", "http", "--payload", payload);
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).contains("payload");
        }
        assertThat(rig.service().sent()).isEmpty();
    }

    @Test
    void a_job_is_shown_with_its_error() {
        rig.service().answer("GET /api/jobs/99", 200, JOB);
        assertThat(rig.run("jobs", "show", "99").out())
                .contains("99, http", "4 of 4", "{\"url\":\"http://x/\"}", "http_404: not found");
    }

    @Test
    void jobs_are_listed_by_status_and_type() {
        rig.service().answer("GET /api/jobs?status=failed&type=http&limit=50", 200, "{\"items\":[" + JOB + "]}");
        assertThat(rig.run("jobs", "list", "--status", "failed", "--type", "http")
                        .out())
                .contains("http_404: not found");
    }

    @Test
    void all_jobs_of_a_kind_are_cancelled_or_only_counted() {
        rig.service()
                .answer(
                        "POST /api/jobs/bulk?organization=acme",
                        200,
                        "{\"matched\":12,\"changed\":11,\"sample\":[\"99\"]}")
                .answer("POST /api/jobs/bulk?dryRun=true", 200, "{\"matched\":12,\"changed\":0,\"sample\":[\"99\"]}");
        assertThat(rig.run("jobs", "cancel-all", "--status", "pending", "--dry-run")
                        .out())
                .contains("12 jobs would be cancelled", "99");
        assertThat(rig.run("jobs", "cancel-all", "--status", "pending", "--organization", "acme")
                        .out())
                .contains("11 jobs are cancelled");
        assertThat(rig.service().sent().getLast().body())
                .isEqualTo("{\"action\":\"cancel\",\"filter\":{\"status\":\"pending\"}}");
    }

    @Test
    void all_jobs_without_saying_which_is_bad_usage() {
        assertThat(rig.run("jobs", "retry-all").status()).isEqualTo(2);
        assertThat(rig.service().sent()).isEmpty();
    }

    @Test
    void processing_prints_the_numbers_of_what_was_started() {
        rig.service().answer("POST /api/jobs/process", 200, "{\"started\":[\"1\",\"2\"]}");
        assertThat(rig.run("jobs", "process", "--type", "http", "--limit", "10").out())
                .isEqualToNormalizingNewlines("1\n2\n");
        assertThat(rig.service().sent().getLast().body()).contains("\"jobTypes\":[\"http\"]", "\"limit\":10");
    }
}
