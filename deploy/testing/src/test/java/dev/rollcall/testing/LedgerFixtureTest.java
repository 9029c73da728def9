package dev.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerFixtureTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Sql sql = new Sql(Backends.adminDataSource());

    @BeforeEach
    void clean() {
        ledger.clean();
    }

    @Test
    void rowsNameOnlyWhatMatters() {
        ledger.organization("acme").named("Acme Inc.").prompts(3).prompt("why", "Why?");
        ledger.organization("gone").inactive();
        ledger.provider("p1")
                .concurrency(4)
                .speaks("gemini")
                .at("http://127.0.0.1:1")
                .timeout(Duration.ofSeconds(2));
        ledger.provider("p2").inactive();

        assertThat(column("select id || ' ' || active from organization order by id"))
                .containsExactly("acme true", "gone false");
        assertThat(column("select id from prompt order by id")).containsExactly("p1", "p2", "p3", "why");
        assertThat(column("select concurrency || protocol || base_url || total_timeout_ms from provider where active"))
                .containsExactly("4geminihttp://127.0.0.1:12000");
    }

    @Test
    void cleanEmptiesWhatIsThereAndStartsNumbersAnew() {
        ledger.organization("acme").prompts(1);
        var first = ledger.lane("acme", "p1", DAY, 2);
        ledger.clean();
        assertThat(ledger.tasksByState()).isEmpty();
        assertThat(column("select id from organization")).isEmpty();
        assertThat(ledger.lane("acme", "p1", DAY, 2)).isEqualTo(first);
    }

    @Test
    void aLaneHasOnePendingTaskAnItem() {
        var one = ledger.lane("acme", "p1", DAY, 3);
        var two = ledger.lane("acme", "p1", DAY, 1);
        assertThat(ledger.tasksByState()).containsExactly(Map.entry("pending", 4L));
        assertThat(column("select id from task order by id"))
                .containsExactly(
                        Long.toString(one.task(0)),
                        Long.toString(one.task(1)),
                        Long.toString(one.task(2)),
                        Long.toString(two.task(0)));
        assertThatThrownBy(() -> two.task(1)).hasMessageContaining("The lane has 1 items");
    }

    @Test
    void aBatchOfRowsGrowsAndItsCountsFollowWhatEnded() {
        var batch = ledger.rows("acme", "p1", "p2")
                .columns("title", "text")
                .row("A", "")
                .rows(9);
        assertThat(
                        column(
                                "select n || ':' || array_to_string(cells, ',', 'null') from item where n in (0, 9) order by n"))
                .containsExactly("0:A,", "9:title 9,text 9");
        assertThat(column("select planned from batch")).containsExactly("20");
        assertThat(column("select distinct size from lane")).containsExactly("10");

        batch.running("p1", 5, 7)
                .ended("p1", 0, 3, "succeeded")
                .ended("p1", 3, 4, "failed")
                .ended("p2", 0, 1, "pending");
        assertThat(ledger.tasksByState())
                .containsExactly(
                        Map.entry("failed", 1L),
                        Map.entry("pending", 14L),
                        Map.entry("running", 2L),
                        Map.entry("succeeded", 3L));
        assertThat(ledger.recount()).isEmpty();
        assertThat(column("select next from lane order by id")).containsExactly("7", "1");
        assertThat(column("select reason || tasks from failure")).containsExactly("test1");
        assertThat(column("select task from retry")).containsExactly(Long.toString(batch.task("p2", 0)));
    }

    @Test
    void aRecountFindsEveryCountThatDrifted() {
        var lane = ledger.lane("acme", "p1", DAY, 3);
        sql.execute("update task set state = 'running', worker = 7 where id in (?, ?)", lane.task(0), lane.task(1));
        sql.execute(
                "insert into tally (lane, writer, running, failed) values (?, 7, 3, 1), (?, 0, -1, 0)",
                lane.id(),
                lane.id());
        assertThat(ledger.recount()).containsExactly(new LedgerFixture.Drift(lane.id(), "failed", 0, 1));

        sql.execute("update task set state = 'failed', worker = null, reason = 'x' where id = ?", lane.task(1));
        assertThat(ledger.recount()).containsExactly(new LedgerFixture.Drift(lane.id(), "running", 1, 2));

        sql.execute("update tally set running = 2 where writer = 7");
        assertThat(ledger.recount()).isEmpty();
    }

    private List<String> column(String query) {
        return sql.query(row -> row.getString(1), query);
    }
}
