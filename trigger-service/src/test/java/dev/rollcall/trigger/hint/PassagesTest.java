package dev.rollcall.trigger.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassagesTest {
    private static final long FIRST = TaskId.of(7, 0).value();
    private static final long SECOND = TaskId.of(7, 1).value();
    private static final Instant DUE = Instant.parse("2026-11-21T08:00:00Z");

    private final Passages passages = new Passages();

    @Test
    void noMoreGoThanThereArePlaces() {
        passages.open(Map.of("sleep", 3));
        assertThat(enter("http", FIRST)).isZero();
        assertThat(enter("sleep", FIRST, SECOND)).isEqualTo(3);
        assertThat(enter("sleep", 3L, 4L)).isZero();
        assertThat(enter("sleep", 5L)).as("would overtake who was refused").isZero();
        passages.open(Map.of("sleep", 1));
        assertThat(enter("sleep", 5L)).isOne();
        passages.clear();
        assertThat(enter("sleep", 6L)).isZero();
    }

    @Test
    void whatWentIsInTransitUntilItIsDropped() {
        passages.open(Map.of("sleep", 2));
        enter("sleep", FIRST, SECOND);
        assertThat(passages.committed(0).inQueue("sleep"))
                .as("a look may not find it")
                .isZero();
        assertThat(passages.transit(0).inQueue("sleep")).isEqualTo(2);
        assertThat(passages.written(List.of(FIRST, SECOND), 0)).isTrue();
        assertThat(passages.committed(0).onLane(7)).isEqualTo(2);
        assertThat(passages.arrived()).isEmpty();
        passages.arrive(List.of(FIRST), 0);
        assertThat(passages.arrived()).isEqualTo(Map.of(FIRST, DUE));
        assertThat(passages.committed(0).onLane(7)).isEqualTo(2);
        passages.dropped(List.of(FIRST), 0);
        Transit second = passages.transit(0);
        assertThat(second.has(FIRST)).isFalse();
        assertThat(second.has(SECOND)).isTrue();
        assertThat(second.onLane(7)).isOne();
        assertThat(second.inQueue("http")).isZero();
    }

    @Test
    void whatWasNotWrittenOrIsRefusedIsTheDispatchers() {
        passages.open(Map.of("sleep", 1));
        enter("sleep", FIRST);
        passages.leave(List.of(FIRST));
        passages.arrive(List.of(FIRST), 0);
        assertThat(passages.transit(0).has(FIRST)).isFalse();
        assertThat(passages.arrived()).isEmpty();
        assertThat(passages.knows(List.of(FIRST))).isFalse();
    }

    @Test
    void whoseCommitIsInDoubtHoldsNobodyUpForLong() {
        passages.open(Map.of("sleep", 2));
        enter("sleep", FIRST, SECOND);
        long late = Passages.WRITTEN_WITHIN.toNanos() + 1;
        assertThat(passages.transit(late - 1).has(FIRST)).isTrue();
        assertThat(passages.transit(late).has(FIRST)).isFalse();
        assertThat(passages.written(List.of(FIRST, SECOND), late))
                .as("a late commit is the dispatcher's")
                .isFalse();
    }

    @Test
    void whatTheBrokerNeverAnswersIsTheDispatchersInTheEnd() {
        passages.open(Map.of("sleep", 2));
        enter("sleep", FIRST, SECOND);
        passages.written(List.of(FIRST, SECOND), 0);
        passages.arrive(List.of(SECOND), 0);
        long patient = Passages.LOST_AFTER.toNanos();
        assertThat(passages.transit(patient).has(FIRST)).isTrue();
        assertThat(passages.transit(patient + 1).has(FIRST)).isFalse();
        assertThat(passages.arrived())
                .as("is with the broker, however long ago")
                .containsOnlyKeys(SECOND);
    }

    @Test
    void newsOfThemIsKnownForAWhileAfterTheyWereDropped() {
        passages.open(Map.of("sleep", 2));
        enter("sleep", FIRST);
        assertThat(passages.knows(List.of(FIRST))).isTrue();
        assertThat(passages.knows(List.of(FIRST, SECOND))).isFalse();
        assertThat(passages.knows(List.of())).isFalse();
        passages.dropped(List.of(FIRST), 0);
        assertThat(passages.knows(List.of(FIRST))).isTrue();
        passages.dropped(List.of(), Passages.REMEMBERED.toNanos() + 1);
        assertThat(passages.knows(List.of(FIRST))).isFalse();
    }

    private int enter(String queue, Long... tasks) {
        return passages.enter(queue, List.of(tasks), DUE, 0);
    }
}
