package dev.rollcall.worker.http;

import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.LedgerAway;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.RetryAfter;
import dev.rollcall.worker.handler.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/// Sends what organizations ask for, signed in their name. Nothing is sent unsigned: a receiver that believes it once
/// would believe anybody.
@ApplicationScoped
class SignedRequests {
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
        Optional<SigningSecret> secret;
        try {
            secret = secrets.of(work.organization());
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed("bad_signing_secret", "set a new one: " + e.getMessage(), Call.NONE);
        } catch (JdbiException e) {
            return LedgerAway.orThrow(e, "the signing secret");
        }
        if (secret.isEmpty()) {
            return new Outcome.Failed("no_signing_secret", "create one: PUT /api/signing-secret", Call.NONE);
        }
        Map<String, String> signature = secret.get().headers("job_" + work.task(), startedAt, request.body());
        try {
            return judgement.answered(wire.send(request, signature), startedAt, clock.instant());
        } catch (Broken e) {
            return judgement.broken(e, startedAt);
        }
    }
}
