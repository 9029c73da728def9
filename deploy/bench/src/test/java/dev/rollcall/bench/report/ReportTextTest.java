package dev.rollcall.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTextTest {

    private final Section section = new Section(
            "B1",
            "tasks of nothing",
            List.of("contestant", "tasks/s", "rollcall is x"),
            List.of(Arrays.asList("rollcall", 12_345L, null), Arrays.asList("peer", 6_789L, "1.82")),
            List.of(
                    Aim.atLeast("ahead of peer", 1.82, 1, " x"),
                    Aim.atMost("2 ms", 3, 2, " ms"),
                    Aim.notMeasured("ahead of other", "no npm")),
            List.of("a note"),
            Map.of("threads", "7"),
            Map.of("rollcall", List.of(12_345.0)));

    @Test
    void itShowsTheTableAndWhetherEachAimIsMet() {
        assertThat(ReportText.of(section))
                .containsExactly(
                        "",
                        "B1  tasks of nothing",
                        "  contestant  tasks/s  rollcall is x",
                        "  rollcall     12,345              -",
                        "  peer          6,789           1.82",
                        "  met: 1.820 x, aim ahead of peer",
                        "  MISSED: 3.000 ms, aim 2 ms",
                        "  not measured: no npm, aim ahead of other",
                        "  a note",
                        "  threads: 7");
    }

    @Test
    void figuresBelowTenAreAsPreciseAsTheAims() {
        var precise = new Section(
                "B2",
                "tasks that wait",
                List.of("contestant", "efficiency", "s"),
                List.of(List.of("rollcall", 0.5689, 59.44)),
                List.of(),
                List.of(),
                Map.of(),
                Map.of());
        assertThat(ReportText.of(precise)).endsWith("  rollcall         0.569  59.4");
    }

    @Test
    void theSameIsWrittenAsJson(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new/report.json");
        ReportJson.write(
                new Report(Instant.EPOCH, "quick", Map.of("cores", "2"), Map.of(), Map.of(), List.of(section)), file);
        assertThat(Files.readString(file))
                .contains("\"begunAt\" : \"1970-01-01T00:00:00Z\"", "\"cores\" : \"2\"", "12345.0", "\"met\" : false");
    }
}
