package dev.rollcall.local;

import static dev.rollcall.local.client.BatchSamples.batch;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCommandsTest {

    private static final String SHOW = "GET /api/batch/17";
    private static final String PATCH = "PATCH /api/batch/17";
    private static final String RESULTS = "GET /api/batch/17/results?format=csv";

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
    void a_list_stands_in_columns_and_says_when_it_goes_on() {
        rig.service()
                .answer(
                        "GET /api/batch?status=failed&limit=1",
                        200,
                        "{\"items\":[%s],\"next\":\"16\"}".formatted(batch("failed", 7, 3)));
        var listed = rig.run("batch", "list", "--status", "failed", "--limit", "1");
        assertThat(listed.status()).isZero();
        assertThat(listed.out().lines().skip(1)).singleElement().asString().startsWith("17  failed  100.0 %");
        assertThat(listed.err()).contains("--limit");
        assertThat(rig.service().sent())
                .allMatch(sent -> sent.header("authorization").equals("Bearer " + CommandRig.KEY));
    }

    @Test
    void a_long_list_is_gathered_page_by_page() {
        String first = "GET /api/batch/17/rows?state=failed&limit=200";
        String row = "{\"row\":%d,\"provider\":\"a\",\"state\":\"failed\",\"reason\":\"http_400\",\"attempts\":1}";
        rig.service()
                .answer(first, 200, "{\"items\":[%s],\"next\":\"c/1\"}".formatted(row.formatted(0)))
                .answer(
                        "GET /api/batch/17/rows?state=failed&limit=200&cursor=c%2F1",
                        200, "{\"items\":[%s]}".formatted(row.formatted(1)));
        var rows = rig.run("batch", "rows", "17", "--state", "failed", "--limit", "500");
        assertThat(rows.out().lines()).hasSize(3).last().asString().startsWith("  1  a");
        assertThat(rows.err()).isEmpty();
    }

    @Test
    void one_batch_is_shown_with_what_holds_it_back() {
        rig.service().answer(SHOW, 200, batch("processing", 4, 1, """
                ,"ratePerSecond":1.2,"heldBack":[{"why":"queue_paused","tasks":3,"queue":"b"}],
                "errors":[{"reason":"http_400","tasks":1}]
                """));
        assertThat(rig.run("batch", "show", "17").out())
                .contains("17, autumn", "50.0 %: 5 of 10 tasks, 1 failed", "1.2 per second")
                .contains("3 by queue paused of b", "1 http_400");
    }

    @Test
    void a_cancellation_says_what_became_of_every_task() {
        rig.service().answer(PATCH, 200, batch("cancelling", 4, 1, """
                ,"receipt":{"neverStarted":2,"abortedInCall":1,"finishedBefore":5,"stillRunning":2}
                """));
        var cancelled = rig.run("batch", "cancel", "17");
        assertThat(cancelled.status()).isZero();
        assertThat(cancelled.out())
                .contains("Batch 17 is cancelling. Of its 10 tasks")
                .contains("5  had finished", "2  were never started", "1  were aborted", "2  are still running");
        assertThat(rig.service().sent().getLast().body()).isEqualTo("{\"action\":\"cancel\"}");
    }

    @Test
    void a_batch_is_paused_resumed_and_tried_again_by_name() {
        rig.service().answer(PATCH, 200, batch("processing", 4, 1));
        for (String action : new String[] {"pause", "resume", "retry-failed"}) {
            assertThat(rig.run("batch", action, "17").out()).contains("5 tasks are open");
            assertThat(rig.service().sent().getLast().body()).contains(action);
        }
    }

    @Test
    void a_watch_ends_with_0_only_when_every_task_succeeded() {
        rig.service().answer(SHOW, 200, batch("completed", 10, 0));
        assertThat(rig.run("batch", "watch", "17").status()).isZero();

        rig.service().answer("GET /api/batch/18", 200, batch("completed", 9, 1));
        var watched = rig.run("batch", "watch", "18");
        assertThat(watched.status()).isEqualTo(1);
        assertThat(watched.out()).contains("Not all done: 9 of 10 tasks succeeded, 1 failed");
    }

    @Test
    void results_are_written_to_a_file() throws Exception {
        String csv = "row,provider,answer\n0,a,\"Größe\n2\"\n";
        rig.service().answer(RESULTS, 200, csv);
        Path file = folder.resolve("results.csv");
        assertThat(rig.run("batch", "results", "17", "-o", file.toString()).status())
                .isZero();
        assertThat(file).content().isEqualTo(csv);
        assertThat(rig.service().sent().getLast().header("accept")).isEqualTo("text/csv");
    }

    @Test
    void a_refused_download_leaves_the_file_as_it_was() throws Exception {
        Path file = Files.writeString(folder.resolve("results.csv"), "before");
        rig.service().answer(RESULTS, 404, "{\"detail\":\"no batch \\\"17\\\"\"}");
        var refused = rig.run("batch", "results", "17", "-o", file.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).isEqualToIgnoringNewLines("no batch \"17\"");
        assertThat(file).content().isEqualTo("before");
        assertThat(folder.resolve("results.csv.part")).doesNotExist();
    }

    @Test
    void a_place_that_cannot_be_written_is_said_without_a_stack_trace() throws Exception {
        rig.service().answer(RESULTS, 200, "row,provider\n");
        Files.createDirectory(folder.resolve("results.csv.part"));
        var failed = rig.run(
                "batch", "results", "17", "-o", folder.resolve("results.csv").toString());
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("can't be written").doesNotContain("at dev.rollcall");
        assertThat(folder.resolve("results.csv")).doesNotExist();
    }
}
