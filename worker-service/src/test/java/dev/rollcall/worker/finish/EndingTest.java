package dev.rollcall.worker.finish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.TaskState;
import dev.rollcall.worker.claim.Claimed;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Failed;
import dev.rollcall.worker.handler.Outcome.NotYet;
import dev.rollcall.worker.handler.Outcome.Retry;
import dev.rollcall.worker.handler.Outcome.Succeeded;
import dev.rollcall.worker.handler.Work;
import dev.rollcall.worker.provider.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static final Retry ILL = new Retry("http_500", "ill", Duration.ZERO, Call.NONE);

    @Test
    void anAnswerEndsTheTask() {
        assertThat(ending(new Succeeded("yes", Call.NONE), 1, 0).state()).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aHopelessCallFailsItAtOnce() {
        Ending ending = ending(new Failed("http_400", "bad", Call.NONE), 1, 0);
        assertThat(ending.state()).isEqualTo(TaskState.FAILED);
        assertThat(ending.reason()).isEqualTo("http_400");
    }

    @Test
    void aTransientErrorIsTriedAgainUntilTheBudgetIsSpent() {
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(ending(ILL, attempt, 0).state()).isEqualTo(TaskState.PENDING);
            assertThat(ending(ILL, attempt, 0).spared()).isFalse();
        }
        assertThat(ending(ILL, 5, 0).state()).isEqualTo(TaskState.FAILED);
        assertThat(ending(ILL, 5, 0).outcome()).isEqualTo("retry");
    }

    @Test
    void notYetCostsNothingHoweverOften() {
        Ending ending = ending(new NotYet(Duration.ofSeconds(3), "rate_limited", "429", Call.NONE), 500, 499);
        assertThat(ending.state()).isEqualTo(TaskState.PENDING);
        assertThat(ending.spared()).isTrue();
        assertThat(ending.after()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void sparedAttemptsDoNotCountAgainstTheBudget() {
        assertThat(ending(ILL, 7, 3).state()).isEqualTo(TaskState.PENDING);
        assertThat(ending(ILL, 8, 3).state()).isEqualTo(TaskState.FAILED);
    }

    @Test
    void theProvidersOwnWishIsTheLeastWait() {
        Retry wish = new Retry("http_503", "busy", Duration.ofHours(1), Call.NONE);
        assertThat(ending(wish, 1, 0).after()).isEqualTo(Duration.ofHours(1));
    }

    private static Ending ending(Outcome outcome, int attempt, int spared) {
        Work work = new Work(
                1, LocalDate.of(2026, 11, 21), attempt, "p", 1, Work.Kind.NIGHTLY, "acme", null, null, null, "hello");
        Claimed claimed = new Claimed(work, 1, 1, spared, 5, Instant.EPOCH);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
        return Ending.of(outcome, claimed, backoff, new Random(1));
    }
}
