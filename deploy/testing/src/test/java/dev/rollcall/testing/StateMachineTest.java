package dev.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.servers.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The state machine is told three times: as a picture, as a type, and by the database. They must say the same.
class StateMachineTest {
    private static final Pattern ARROW = Pattern.compile("^    (\\w+) --> (\\w+): ");

    @Test
    void thePictureSaysWhatTheTypeSays() throws IOException {
        List<String> lines = Files.readAllLines(RepositoryRoot.find().resolve("docs/ledger.md"));
        Set<Change> drawn = new HashSet<>();
        for (String line : lines) {
            var arrow = ARROW.matcher(line);
            if (arrow.find()) {
                drawn.add(new Change(TaskState.of(arrow.group(1)), TaskState.of(arrow.group(2))));
            }
        }
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(legal());
    }

    @Test
    void theDatabaseAllowsWhatTheTypeSaysAndNothingElse() throws SQLException {
        LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource()).clean();
        LaneRow lane = ledger.lane("acme", "p", LocalDate.of(2026, 11, 21), 1);
        Set<Change> allowed = new HashSet<>();
        try (Connection owner = Backends.ownerConnection()) {
            for (TaskState from : TaskState.values()) {
                for (TaskState to : TaskState.values()) {
                    if (from != to && allows(owner, lane.task(0), from, to)) {
                        allowed.add(new Change(from, to));
                    }
                }
            }
        }
        assertThat(allowed).containsExactlyInAnyOrderElementsOf(legal());
    }

    @Test
    void theDatabaseKnowsNoOtherState() throws SQLException {
        try (Connection owner = Backends.ownerConnection();
                Statement statement = owner.createStatement();
                var row = statement.executeQuery("""
                        select pg_get_constraintdef(oid) from pg_constraint
                        where conname = 'task_state_known' and conrelid = 'rollcall.task'::regclass
                        """)) {
            assertThat(row.next()).isTrue();
            List<String> known = Pattern.compile("'(\\w+)'")
                    .matcher(row.getString(1))
                    .results()
                    .map(state -> state.group(1))
                    .toList();
            assertThat(known)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(TaskState.values())
                            .map(TaskState::code)
                            .toList());
        }
    }

    private record Change(TaskState from, TaskState to) {}

    private static List<Change> legal() {
        List<Change> legal = new ArrayList<>();
        for (TaskState from : TaskState.values()) {
            from.next().forEach(to -> legal.add(new Change(from, to)));
        }
        return legal;
    }

    private static boolean allows(Connection owner, long task, TaskState from, TaskState to) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            // puts the row where the case begins, past the trigger that is under test
            statement.execute("set session_replication_role = replica");
            set(owner, task, from);
            statement.execute("set session_replication_role = origin");
        }
        try {
            set(owner, task, to);
            return true;
        } catch (SQLException refused) {
            assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("23514");
            return false;
        }
    }

    private static void set(Connection owner, long task, TaskState state) throws SQLException {
        try (PreparedStatement update =
                owner.prepareStatement("update rollcall.task set state = ?, worker = ?, reason = ? where id = ?")) {
            update.setString(1, state.code());
            update.setObject(2, state == TaskState.RUNNING ? 1L : null);
            update.setString(3, state == TaskState.FAILED || state == TaskState.CANCELLED ? "test" : null);
            update.setLong(4, task);
            update.executeUpdate();
        }
    }
}
