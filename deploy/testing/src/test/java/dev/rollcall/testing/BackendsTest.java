package dev.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.servers.LedgerSchema;
import dev.rollcall.servers.TopicDeclarations;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());

    @BeforeEach
    void clean() {
        ledger.clean();
    }

    @Test
    void thereIsOnePairOfServersInAJvm() {
        assertThat(Backends.shared()).isEqualTo(Backends.shared());
    }

    @Test
    void migratingAndDeclaringTwiceIsHarmless() {
        Servers servers = Backends.shared();
        assertThat(LedgerSchema.migrate(servers.jdbcUrl(), Servers.OWNER, servers.password()))
                .isZero();
        assertThat(TopicDeclarations.load().createMissing(servers.bootstrapServers()))
                .isEmpty();
    }

    @Test
    void theServiceConnectsAsItself() {
        var resource = new Backends();
        resource.init(Map.of("role", "rollcall_worker"));
        assertThat(resource.start())
                .containsEntry("quarkus.datasource.username", "rollcall_worker")
                .containsEntry("quarkus.datasource.jdbc.url", Backends.jdbcUrl())
                .containsEntry("kafka.bootstrap.servers", Backends.bootstrapServers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollcall_trigger", "rollcall_worker", "rollcall_reconciler", "rollcall_postcheck"})
    void everyServiceReadsTheLedgerAndNoneDeletesATask(String role) throws SQLException {
        var lane = ledger.lane("acme", "p1", DAY, 1);
        assertThat(as(role, "select id from task")).containsExactly(Long.toString(lane.task(0)));
        assertThatThrownBy(() -> as(role, "delete from task returning id"))
                .hasMessageContaining("permission denied for table task");
    }

    @Test
    void theDatabaseRefusesWhatIsNoTransition() {
        ledger.lane("acme", "p1", DAY, 1);
        assertThatThrownBy(() -> as("rollcall_worker", "update task set state = 'succeeded' returning id"))
                .hasMessageContaining("pending -> succeeded is not a transition");
        assertThat(ledger.tasksByState()).containsExactly(Map.entry("pending", 1L));
    }

    private static List<String> as(String role, String sql) throws SQLException {
        try (var connection = Backends.shared().dataSource(role).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }
}
