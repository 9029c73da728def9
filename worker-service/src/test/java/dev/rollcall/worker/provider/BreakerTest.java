package dev.rollcall.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Aborted;
import dev.rollcall.worker.handler.Outcome.Failed;
import dev.rollcall.worker.handler.Outcome.NotYet;
import dev.rollcall.worker.handler.Outcome.Retry;
import dev.rollcall.worker.handler.Outcome.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {
    private static final Outcome WELL = new Succeeded("fine", call(200));

    private static Breaker breaker(String delay) {
        return new Breaker(
                "p",
                Settings.with(Map.of(
                                "rollcall.provider.breaker.request-volume",
                                "4",
                                "rollcall.provider.breaker.delay",
                                delay))
                        .breaker());
    }

    private static Call call(int status) {
        return Call.without(Instant.EPOCH, status);
    }

    private static Outcome ill(String reason) {
        return new Retry(reason, "", Duration.ZERO, reason.startsWith("http_5") ? call(500) : Call.NONE);
    }

    private static boolean opensAfter(Outcome outcome) {
        Breaker breaker = breaker("60s");
        for (int i = 0; i < 40; i++) {
            if (breaker.guard(() -> outcome) != outcome) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_500", "http_529", "timeout", "connect", "connection_lost"})
    void an_ill_provider_opens_it(String reason) {
        assertThat(opensAfter(ill(reason))).isTrue();
    }

    @Test
    void a_400_a_429_and_an_unreadable_answer_never_do() {
        assertThat(opensAfter(new Failed("http_400", "", call(400)))).isFalse();
        assertThat(opensAfter(new NotYet(Duration.ofSeconds(1), "rate_limited", "", call(429))))
                .isFalse();
        assertThat(opensAfter(new Retry("unreadable_answer", "", Duration.ZERO, call(200))))
                .isFalse();
        assertThat(opensAfter(new Retry("http_408", "", Duration.ZERO, call(408))))
                .isFalse();
        assertThat(opensAfter(WELL)).isFalse();
    }

    @Test
    void while_it_is_open_nothing_is_called_and_the_time_until_a_probe_is_told() {
        Breaker breaker = breaker("60s");
        for (int i = 0; i < 4; i++) {
            breaker.guard(() -> ill("http_500"));
        }
        AtomicInteger called = new AtomicInteger();
        Outcome outcome = breaker.guard(() -> {
            called.incrementAndGet();
            return WELL;
        });
        assertThat(called).hasValue(0);
        assertThat(outcome).asInstanceOf(type(NotYet.class)).satisfies(later -> {
            assertThat(later.reason()).isEqualTo("breaker_open");
            assertThat(later.after()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
            assertThat(later.call()).isEqualTo(Call.NONE);
        });
    }

    @Test
    void one_probe_that_goes_well_closes_it() {
        Breaker breaker = breaker("100ms");
        for (int i = 0; i < 4; i++) {
            breaker.guard(() -> ill("timeout"));
        }
        await().until(() -> breaker.guard(() -> WELL) == WELL);
        assertThat(breaker.guard(() -> ill("timeout"))).isInstanceOf(Retry.class);
        assertThat(breaker.guard(() -> WELL)).isSameAs(WELL);
    }

    @Test
    void during_the_probe_everyone_else_waits_and_a_failed_probe_opens_it_again() {
        Breaker breaker = breaker("100ms");
        for (int i = 0; i < 4; i++) {
            breaker.guard(() -> ill("timeout"));
        }
        await().until(() -> breaker.guard(() -> {
                    assertThat(breaker.guard(() -> WELL)).isInstanceOf(NotYet.class);
                    return ill("timeout");
                })
                instanceof Retry);
        assertThat(breaker.guard(() -> WELL)).isInstanceOf(NotYet.class);
    }

    @Test
    void a_probe_that_is_aborted_says_nothing_and_is_made_again() {
        Breaker breaker = breaker("1s");
        for (int i = 0; i < 4; i++) {
            breaker.guard(() -> ill("timeout"));
        }
        Outcome aborted = new Aborted("cancelled", Call.NONE);
        await().until(() -> breaker.guard(() -> aborted) == aborted);
        assertThat(breaker.guard(() -> WELL)).isInstanceOf(NotYet.class);
        await().until(() -> breaker.guard(() -> WELL) == WELL);
    }

    @Test
    void aborted_calls_to_a_provider_that_is_well_open_nothing() {
        assertThat(opensAfter(new Aborted("cancelled", Call.NONE))).isFalse();
    }
}
