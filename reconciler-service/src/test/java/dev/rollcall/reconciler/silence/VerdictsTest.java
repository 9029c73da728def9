package dev.rollcall.reconciler.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.reconciler.silence.Verdicts.Sighting;
import dev.rollcall.reconciler.silence.Verdicts.Stillness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(1));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aLeaseThatRunsIsLife() {
        assertThat(Verdicts.isSilent(seen(10), LONG_AGO, NOW)).isFalse();
        assertThat(Verdicts.isSilent(seen(15), LONG_AGO, NOW))
                .as("to the last moment")
                .isFalse();
    }

    @Test
    void aLeaseThatRanOutIsSilence() {
        assertThat(Verdicts.isSilent(seen(16), LONG_AGO, NOW)).isTrue();
    }

    @Test
    void aLeaseThatRanOutWhilePostgresWasDownCountsAnewFromItsStart() {
        assertThat(Verdicts.isSilent(seen(600), NOW.minusSeconds(5), NOW)).isFalse();
        assertThat(Verdicts.isSilent(seen(600), NOW.minusSeconds(16), NOW)).isTrue();
    }

    @Test
    void theSilentAreGivenHalfTheLongestLease() {
        var brief = new Sighting(2, NOW.minusSeconds(6), NOW.minusSeconds(2));
        assertThat(Verdicts.respite(List.of(brief, seen(600)))).isEqualTo(Duration.ofMillis(7500));
        assertThat(Verdicts.respite(List.of())).isZero();
    }

    @Test
    void hintsNobodyTakesAreLostAfterAWhile() {
        assertThat(Verdicts.isLost(still(3, 0, 61, null), MINUTE, NOW)).isTrue();
        assertThat(Verdicts.isLost(still(3, 0, 59, null), MINUTE, NOW)).isFalse();
    }

    @Test
    void hintsThatWaitForPermitsAreNotLost() {
        assertThat(Verdicts.isLost(still(3, 16, 600, null), MINUTE, NOW)).isFalse();
    }

    @Test
    void aLaneThatMovesHasLostNothing() {
        assertThat(Verdicts.isLost(still(3, 0, 600, NOW.minusSeconds(30)), MINUTE, NOW))
                .isFalse();
    }

    @Test
    void whatIsClaimedIsNotLost() {
        assertThat(Verdicts.isLost(still(0, 0, 600, null), MINUTE, NOW)).isFalse();
        assertThat(Verdicts.isLost(still(-1, 0, 600, null), MINUTE, NOW))
                .as("claimed before its cursor moved")
                .isFalse();
    }

    @Test
    void aLaneThatGrowsMayHaveLostSingleHintsAlthoughItMoves() {
        assertThat(Verdicts.mayHaveLost(growing(true, 0))).isTrue();
        assertThat(Verdicts.mayHaveLost(growing(false, 0)))
                .as("comes to rest by itself")
                .isFalse();
        assertThat(Verdicts.mayHaveLost(growing(true, 16)))
                .as("hints wait for permits")
                .isFalse();
    }

    private static Stillness growing(boolean grows, long running) {
        return new Stillness(1, grows, 3, running, 16, NOW, NOW);
    }

    private static Sighting seen(int secondsAgo) {
        Instant seenAt = NOW.minusSeconds(secondsAgo);
        return new Sighting(1, seenAt, seenAt.plusSeconds(15));
    }

    private static Stillness still(long unclaimed, long running, int dispatchedAgo, @Nullable Instant claimedAt) {
        return new Stillness(1, false, unclaimed, running, 16, NOW.minusSeconds(dispatchedAgo), claimedAt);
    }
}
