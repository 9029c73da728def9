package dev.rollcall.trigger.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.TaskId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassagesTest {
    private static final long FIRST = TaskId.of(7, 0).value();
    private static final long SECOND = TaskId.of(7, 1).value();

    private final Passages passages = new Passages();

    @Test
    void noMoreGoThanThereArePlaces() {
        passages.open(Map.of("sleep", 2));
        assertThat(passages.enter("http", List.of(FIRST), 0)).isZero();
        assertThat(passages.enter("sleep", List.of(1L, 2L, 3L), 0)).isZero();
        assertThat(passages.enter("sleep", List.of(FIRST, SECOND), 0)).isEqualTo(2);
        assertThat(passages.enter("sleep", List.of(3L), 0)).isZero();
        passages.open(Map.of("sleep", 1));
        assertThat(passages.enter("sleep", List.of(3L), 0)).isOne();
        passages.open(Map.of());
        assertThat(passages.enter("sleep", List.of(4L), 0)).isZero();
    }

    @Test
    void whatWentIsInTransitUntilItIsDropped() {
        passages.open(Map.of("sleep", 2));
        passages.enter("sleep", List.of(FIRST, SECOND), 0);
        assertThat(passages.arrived()).isEmpty();
        passages.arrive(List.of(FIRST));
        assertThat(passages.arrived()).containsExactly(FIRST);
        Transit both = passages.transit(0);
        assertThat(both.onLane(7)).isEqualTo(2);
        assertThat(both.inQueue("sleep")).isEqualTo(2);
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
        passages.enter("sleep", List.of(FIRST), 0);
        passages.leave(List.of(FIRST));
        passages.arrive(List.of(FIRST));
        assertThat(passages.transit(0).has(FIRST)).isFalse();
        assertThat(passages.arrived()).isEmpty();
        assertThat(passages.knows(List.of(FIRST))).isFalse();
    }

    @Test
    void whatTheBrokerNeverAnswersIsTheDispatchersInTheEnd() {
        passages.open(Map.of("sleep", 2));
        passages.enter("sleep", List.of(FIRST), 0);
        passages.enter("sleep", List.of(SECOND), 0);
        passages.arrive(List.of(SECOND));
        long patient = Passages.LOST_AFTER.toNanos();
        assertThat(passages.transit(patient).has(FIRST)).isTrue();
        assertThat(passages.transit(patient + 1).has(FIRST)).isFalse();
        assertThat(passages.arrived())
                .as("is with the broker, however long ago")
                .containsExactly(SECOND);
    }

    @Test
    void newsOfThemIsKnownForAWhileAfterTheyWereDropped() {
        passages.open(Map.of("sleep", 2));
        passages.enter("sleep", List.of(FIRST), 0);
        assertThat(passages.knows(List.of(FIRST))).isTrue();
        assertThat(passages.knows(List.of(FIRST, SECOND))).isFalse();
        assertThat(passages.knows(List.of())).isFalse();
        passages.arrive(List.of(FIRST));
        passages.dropped(List.of(FIRST), 0);
        assertThat(passages.knows(List.of(FIRST))).isTrue();
        passages.dropped(List.of(), Passages.REMEMBERED.toNanos() + 1);
        assertThat(passages.knows(List.of(FIRST))).isFalse();
    }
}
