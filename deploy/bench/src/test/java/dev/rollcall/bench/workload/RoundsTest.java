package dev.rollcall.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.bench.Effort;
import dev.rollcall.bench.peer.Peers;
import dev.rollcall.bench.peer.Unavailable;
import dev.rollcall.local.terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final StringWriter said = new StringWriter();
    private final Rig rig = new Rig(
            new Effort("three rounds", 3, 1),
            Path.of(""),
            new Peers(Path.of(""), Path.of(""), Map.of()),
            peer -> true,
            new Screen(new PrintWriter(said), false));
    private final List<String> order = new ArrayList<>();
    private final Map<String, Rounds.Taking<Integer>> contestants = new LinkedHashMap<>();

    @Test
    void theyTakeTurns() throws InterruptedException {
        contestants.put(RollcallContestant.NAME, () -> turn(RollcallContestant.NAME));
        contestants.put("one", () -> turn("one"));
        contestants.put("other", () -> turn("other"));
        var rounds = Rounds.hold(contestants, rig, Object::toString);
        assertThat(order)
                .containsExactly("rollcall", "one", "other", "one", "other", "rollcall", "other", "rollcall", "one");
        assertThat(rounds.taken()).containsEntry("rollcall", List.of(1, 6, 8)).containsEntry("one", List.of(2, 4, 9));
        assertThat(rounds.skipped()).isEmpty();
    }

    @Test
    void whoFailsOnceHasNoFigures() throws InterruptedException {
        contestants.put(RollcallContestant.NAME, () -> turn(RollcallContestant.NAME));
        contestants.put("broken", () -> {
            if (order.contains("broken")) {
                throw new IllegalStateException("it lost a row");
            }
            return turn("broken");
        });
        contestants.put("absent", () -> {
            throw new Unavailable("it is not installed");
        });
        var rounds = Rounds.hold(contestants, rig, Object::toString);
        assertThat(rounds.taken()).containsOnlyKeys(RollcallContestant.NAME);
        assertThat(rounds.skipped())
                .containsEntry("broken", "it lost a row")
                .containsEntry("absent", "it is not installed");
        assertThat(said.toString()).contains("broken is skipped: it lost a row");
    }

    @Test
    void rollcallMayNotFail() {
        contestants.put(RollcallContestant.NAME, () -> {
            throw new IllegalStateException("99 of 100 jobs were accepted");
        });
        assertThatThrownBy(() -> Rounds.hold(contestants, rig, Object::toString))
                .hasMessage("99 of 100 jobs were accepted");
    }

    private int turn(String name) {
        order.add(name);
        return order.size();
    }
}
