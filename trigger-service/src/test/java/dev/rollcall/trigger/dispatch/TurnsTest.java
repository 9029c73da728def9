package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void organizationsTakeTurnsHoweverMuchOneOfThemHas() {
        List<Source> turns = Turns.deal(List.of(source(1, "big", 100_000, 0, null), source(2, "small", 1, 0, null)), 4);
        assertThat(turns).extracting(Source::organization).containsExactly("big", "small", "big", "big");
    }

    @Test
    void theOrganizationThatWaitedLongestGoesFirst() {
        List<Source> turns = Turns.deal(
                List.of(source(1, "served", 5, 0, NOON), source(2, "waiting", 5, 0, NOON.minusSeconds(1))), 1);
        assertThat(turns).extracting(Source::organization).containsExactly("waiting");
    }

    @Test
    void whoWasNeverServedGoesBeforeAll() {
        List<Source> turns =
                Turns.deal(List.of(source(1, "served", 5, 0, Instant.EPOCH), source(2, "new", 5, 0, null)), 1);
        assertThat(turns).extracting(Source::organization).containsExactly("new");
    }

    @Test
    void aHigherPriorityGoesBeforeAnyTurn() {
        List<Source> turns = Turns.deal(List.of(source(1, "a", 2, 0, null), source(2, "b", 2, 7, NOON)), 3);
        assertThat(turns).extracting(Source::organization).containsExactly("b", "b", "a");
    }

    @Test
    void noMoreTurnsThanThereIsWorkOrRoom() {
        List<Source> sources = List.of(source(1, "a", 2, 0, null), source(2, "b", 1, 0, null));
        assertThat(Turns.deal(sources, 100)).hasSize(3);
        assertThat(Turns.deal(sources, 2)).hasSize(2);
        assertThat(Turns.deal(sources, 0)).isEmpty();
        assertThat(Turns.deal(List.of(), 5)).isEmpty();
    }

    @Test
    void anOrganizationsOwnLanesAreServedOneAfterTheOther() {
        List<Source> turns = Turns.deal(List.of(source(2, "a", 2, 0, null), source(1, "a", 1, 0, null)), 3);
        assertThat(turns).extracting(Source::lane).containsExactly(1L, 2L, 2L);
    }

    static Source source(long lane, String organization, int fresh, int priority, @Nullable Instant dispatchedAt) {
        return new Source(
                lane,
                lane,
                LocalDate.of(2026, 11, 21),
                "p",
                organization,
                priority,
                0,
                fresh,
                0,
                0,
                dispatchedAt,
                null,
                null);
    }
}
