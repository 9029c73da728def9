package dev.rollcall.worker.provider;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/// One provider's circuit breaker. It counts what says that the provider is ill (5xx, timeouts, broken connections);
/// an answer, a 400 or a 429 say that it is well.
final class Breaker {
    private static final Logger LOG = Logger.getLogger(Breaker.class);
    /// How soon to ask again while a probe is under way.
    private static final Duration PROBING = Duration.ofSeconds(1);

    private final String provider;
    private final Duration delay;
    private final TypedGuard<Outcome> guard;
    private volatile boolean probing;
    private volatile long openUntil = System.nanoTime();

    Breaker(String provider, ProviderConfig.BreakerSettings settings) {
        this.provider = provider;
        this.delay = settings.delay();
        this.guard = TypedGuard.create(Outcome.class)
                .withDescription(provider)
                .withCircuitBreaker()
                .failOn(Ill.class)
                .requestVolumeThreshold(settings.requestVolume())
                .failureRatio(settings.failureRatio())
                .delay(delay.toMillis(), MILLIS)
                .successThreshold(settings.successThreshold())
                .onStateChange(this::changed)
                .done()
                .build();
    }

    /// @return what the call returned, or that it is not its time
    Outcome guard(Supplier<Outcome> call) {
        try {
            return guard.get(() -> healthyOrThrow(call.get()));
        } catch (Ill ill) {
            return ill.outcome;
        } catch (CircuitBreakerOpenException open) {
            Duration left = Duration.ofNanos(openUntil - System.nanoTime());
            Duration after = left.isPositive() ? left : PROBING.compareTo(delay) < 0 ? PROBING : delay;
            return new Outcome.NotYet(after, "breaker_open", "provider %s is ill".formatted(provider), Call.NONE);
        }
    }

    private Outcome healthyOrThrow(Outcome outcome) {
        boolean ill = outcome instanceof Outcome.Retry retry && isIll(retry);
        // a probe that is aborted says nothing of the provider, least of all that it is well again
        if (ill || probing && outcome instanceof Outcome.Aborted) {
            throw new Ill(outcome);
        }
        return outcome;
    }

    private static boolean isIll(Outcome.Retry retry) {
        Integer status = retry.call().httpStatus();
        return switch (retry.reason()) {
            case "timeout", "connect", "connection_lost" -> true;
            default -> status != null && status >= 500;
        };
    }

    private void changed(CircuitBreakerState state) {
        probing = state == CircuitBreakerState.HALF_OPEN;
        if (state == CircuitBreakerState.OPEN) {
            openUntil = System.nanoTime() + delay.toNanos();
            LOG.warnf("provider %s is ill: no calls for %s, then a probe", provider, delay);
        } else {
            LOG.infof("provider %s: breaker %s", provider, state);
        }
    }

    /// Carries an outcome through the guard, which counts only exceptions. Without a stack: it is no defect, and
    /// common just when there is much to do.
    private static final class Ill extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Outcome outcome;

        Ill(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }
}
