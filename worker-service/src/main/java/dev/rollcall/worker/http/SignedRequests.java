package dev.rollcall.worker.http;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.RetryAfter;
import dev.rollcall.worker.handler.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/// Sends what organizations ask for, signed in their name. One without a signing secret is sent unsigned: its receiver
/// knows no secret to check with.
@ApplicationScoped
class SignedRequests {
    private static final Duration LEDGER_AWAY = Duration.ofSeconds(1);

    private final HttpWire wire;
    private final SigningSecrets secrets;
    private final HttpJudgement judgement;
    private final InstantSource clock = InstantSource.system();

    SignedRequests(HttpWire wire, SigningSecrets secrets, HttpConfig config) {
        this.wire = wire;
        this.secrets = secrets;
        this.judgement = new HttpJudgement(
                new RetryAfter(config.retryAfter().least(), config.retryAfter().most()));
    }

    Outcome send(Work work, Request request) throws InterruptedException {
        Instant startedAt = clock.instant();
        Map<String, String> signature;
        try {
            signature = signature(work, request, startedAt);
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed("bad_signing_secret", "set a new one: " + e.getMessage(), Call.NONE);
        } catch (JdbiException e) {
            if (!Ledger.isPassing(e)) {
                throw e;
            }
            return new Outcome.NotYet(LEDGER_AWAY, "ledger_away", "the signing secret cannot be read", Call.NONE);
        }
        try {
            return judgement.answered(wire.send(request, signature), startedAt, clock.instant());
        } catch (Broken e) {
            return judgement.broken(e, startedAt);
        }
    }

    private Map<String, String> signature(Work work, Request request, Instant now) {
        String id = "job_" + work.task();
        return secrets.of(work.organization())
                .map(secret -> secret.headers(id, now, request.body()))
                .orElseGet(() -> Map.of("webhook-id", id, "webhook-timestamp", Long.toString(now.getEpochSecond())));
    }
}
