package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.bench.peer.Peer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The whole benchmark at a size that proves nothing but that it works; it needs the services packaged.
class BenchTest {

    @Test
    void itMeasuresAFewTasksAndReportsThem(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("report.json");
        var said = new StringWriter();
        var command = new CommandLine(new Bench()).setOut(new PrintWriter(said));
        command.execute(
                "--only", "B1", "--peers", "none", "--scale", "0.00167", "--rounds", "1", "--json", json.toString());

        var report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.at("/versions/PostgreSQL").asText()).matches("18[.].*");
        assertThat(report.at("/versions/Kafka").asText()).matches("4[.].*");
        assertThat(report.at("/versions/jobrunr").isMissingNode()).as("no peer").isTrue();
        assertThat(Peer.JOBRUNR.version()).matches("8[.].*");
        var section = report.at("/sections/0");
        assertThat(section.at("/id").asText()).isEqualTo("B1");
        assertThat(section.at("/title").asText()).startsWith("501 tasks");
        assertThat(section.at("/rows/0/0").asText()).isEqualTo("rollcall");
        assertThat(section.at("/rows/0/5").asText()).as("rows and answers").isEqualTo("right");
        assertThat(said.toString()).contains("composed bound", "CPU µs a task by process", "postgresql");
    }

    @Test
    void itRefusesWhatItDoesNotKnow() {
        var err = new StringWriter();
        var command = new CommandLine(new Bench()).setErr(new PrintWriter(err));
        assertThat(command.execute("--only", "B99")).isEqualTo(2);
        assertThat(command.execute("--peers", "graphile")).isEqualTo(2);
        assertThat(command.execute("--set", "graphile-worker.queue=8000")).isEqualTo(2);
        assertThat(command.execute("--peers", "none", "--set", "jobrunr.workers=9"))
                .as("of a peer that is not measured")
                .isEqualTo(2);
        assertThat(command.execute("--rounds", "0")).isEqualTo(2);
        assertThat(command.execute("--scale", "0")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "there is no B99; there are B1, B11",
                        "there is no graphile; there are graphile-worker, db-scheduler",
                        "there is no graphile-worker.queue; there are bullmq.concurrency",
                        "there is no jobrunr.workers; there are none",
                        "not 0 and 1.0",
                        "not 5 and 0.0");
    }
}
