package dev.rollcall.trigger.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How often a key may ask. The scheduler has no key and is not bound.
@ApplicationScoped
class KeyRate {
    private static final int MOST_KEYS = 10_000;

    private final int perSecond;
    private final Optional<Buckets> buckets;

    KeyRate(RateConfig config) {
        this.perSecond = config.requestsPerSecond();
        this.buckets = perSecond == 0 ? Optional.empty() : Optional.of(new Buckets(perSecond, MOST_KEYS));
    }

    /// @throws HttpProblem (429) when the caller has asked too often
    void count(Caller caller) {
        if (buckets.isEmpty() || caller.equals(Caller.scheduler())) {
            return;
        }
        long wait = buckets.get().take(caller.name(), System.nanoTime());
        if (wait > 0) {
            throw tooMany(TimeUnit.NANOSECONDS.toSeconds(wait) + 1);
        }
    }

    private HttpProblem tooMany(long seconds) {
        return HttpProblem.builder()
                .withStatus(Status.TOO_MANY_REQUESTS)
                .withTitle(Status.TOO_MANY_REQUESTS.getReasonPhrase())
                .withDetail("a key may ask %d times a second (rollcall.api.requests-per-second); ask again in %d s"
                        .formatted(perSecond, seconds))
                .withHeader(HttpHeaders.RETRY_AFTER, seconds)
                .build();
    }
}
