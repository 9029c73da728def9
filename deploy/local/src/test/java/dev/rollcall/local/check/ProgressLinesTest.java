package dev.rollcall.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.local.client.OrganizationStatus;
import dev.rollcall.local.client.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:10Z");

    @Test
    void a_line_per_organization_tells_all_that_was_asked_for() {
        var lines = new ProgressLines().next(run(List.of(organization(1, 17, 1, 40))), NOW);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .contains("Organization 1")
                .contains("processing")
                .contains("42.5 %")
                .contains(" 17 ")
                .contains(" 1 ")
                .contains(" 22 ")
                .endsWith("3 s ago");
        assertThat(lines.get(2)).contains("daily:2026-11-21");
    }

    @Test
    void columns_stand_under_each_other() {
        var lines =
                new ProgressLines().next(run(List.of(organization(1, 1, 0, 4), organization(2, 999, 0, 4000))), NOW);
        int column = lines.getFirst().indexOf("remaining") + "remaining".length();
        assertThat(lines.get(1).charAt(column - 1)).isEqualTo('3');
        assertThat(lines.get(2).substring(0, column)).endsWith("3,001");
    }

    @Test
    void a_large_system_shows_only_what_changed() {
        var many =
                IntStream.range(0, 200).mapToObj(n -> organization(n, 0, 0, 10)).toList();
        var lines = new ProgressLines();
        assertThat(lines.next(run(many), NOW)).anyMatch(line -> line.contains("200 organizations without news"));

        var moved = new java.util.ArrayList<>(many);
        moved.set(7, organization(7, 3, 0, 10));
        assertThat(lines.next(run(moved), NOW))
                .hasSize(4)
                .anyMatch(line -> line.contains("Organization 7 "))
                .anyMatch(line -> line.contains("199 organizations without news"));
    }

    @Test
    void a_percentage_is_never_rounded_up() {
        var almost = new OrganizationStatus("o", "O", "processing", 4000, 0, 1, 3999, 0, 0, 1, 99.975, null, null);
        assertThat(new ProgressLines().next(run(List.of(almost)), NOW).get(1))
                .contains("99.9 %")
                .contains("  -");
    }

    static OrganizationStatus organization(int n, int completed, int failed, int total) {
        int remaining = total - completed - failed;
        return new OrganizationStatus(
                "o" + n,
                "Organization " + n,
                "processing",
                total,
                remaining,
                0,
                completed,
                failed,
                0,
                remaining,
                100.0 * completed / total,
                NOW.minusSeconds(3),
                null);
    }

    static RunStatus run(List<OrganizationStatus> organizations) {
        int total = organizations.stream().mapToInt(OrganizationStatus::total).sum();
        int completed =
                organizations.stream().mapToInt(OrganizationStatus::completed).sum();
        int failed = organizations.stream().mapToInt(OrganizationStatus::failed).sum();
        int remaining = total - completed - failed;
        return new RunStatus(
                1,
                "daily:2026-11-21",
                "2026-11-21",
                "America/New_York",
                remaining == 0 ? failed == 0 ? "completed" : "failed" : "processing",
                NOW.minusSeconds(10),
                null,
                total,
                remaining,
                0,
                completed,
                failed,
                0,
                remaining,
                100.0 * completed / total,
                NOW.minusSeconds(1),
                null,
                null,
                organizations);
    }
}
