package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.TaskId;
import dev.rollcall.message.TaskHint;
import dev.rollcall.trigger.dispatch.Lanes.Due;
import dev.rollcall.trigger.dispatch.Lanes.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatchTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Source LANE = source(7, "p", 3, 10, 2);

    @Test
    void whatIsDueAgainGoesBeforeWhatIsNew() {
        Due again = new Due(7, TaskId.of(7, 1).value(), 2, Instant.EPOCH);
        Dispatch dispatch = Dispatch.of(List.of(LANE, LANE, LANE), List.of(again));
        assertThat(tasks(dispatch))
                .containsExactly(
                        again.task(), TaskId.of(7, 3).value(), TaskId.of(7, 4).value());
        assertThat(dispatch.steps()).containsExactly(new Step(7, 3, 5));
        assertThat(dispatch.due()).containsExactly(again);
    }

    @Test
    void aRetryThatVanishedMeanwhileLeavesItsTurnToNewWorkButNeverBeyondTheLane() {
        Source last = source(7, "p", 9, 1, 1);
        Dispatch dispatch = Dispatch.of(List.of(last, last), List.of());
        assertThat(tasks(dispatch)).containsExactly(TaskId.of(7, 9).value());
        assertThat(dispatch.steps()).containsExactly(new Step(7, 9, 10));
    }

    @Test
    void fewTasksGoOneAHintAndThousandsShareHints() {
        assertThat(Dispatch.of(Collections.nCopies(5, LANE), List.of()).hints()).hasSize(5);
        Source large = source(8, "p", 0, 10_000, 0);
        Dispatch many = Dispatch.of(Collections.nCopies(8192, large), List.of());
        assertThat(many.hints())
                .hasSizeBetween(64, 256)
                .allMatch(hint -> hint.tasks().size() <= 64);
        assertThat(tasks(many)).hasSize(8192).doesNotHaveDuplicates();
    }

    @Test
    void aHintIsOfOneProvider() {
        Source other = source(9, "q", 0, 1, 0);
        assertThat(Dispatch.of(List.of(LANE, other), List.of()).hints())
                .extracting(TaskHint::provider)
                .containsExactly("p", "q");
    }

    private static List<Long> tasks(Dispatch dispatch) {
        return dispatch.hints().stream().flatMap(hint -> hint.tasks().stream()).toList();
    }

    private static Source source(long lane, String provider, int next, int fresh, int due) {
        return new Source(lane, lane, DAY, provider, "acme", 0, next, fresh, due, 0, null, null, null);
    }
}
