package dev.rollcall.trigger.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.ledger.Storable;
import jakarta.ws.rs.BadRequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// What a caller of `POST /api/jobs` wants.
///
/// @param asked the request as it was sent, without its key
/// @param idempotencyKey names the request, so that sending it again makes no second job
/// @param webhook whom to tell when the job is final
record JobRequest(
        ObjectNode asked,
        String type,
        ObjectNode payload,
        int priority,
        int maxRetries,
        @Nullable Instant notBefore,
        @Nullable String idempotencyKey,
        @Nullable String webhook) {
    private static final int MOST_PRIORITY = 100;
    private static final int MOST_RETRIES = 20;
    private static final int RETRIES = 3;
    private static final int LONGEST_KEY = 255;
    private static final Duration FARTHEST = Duration.ofDays(366);

    /// @param body is kept, and loses its key
    /// @param header the header `Idempotency-Key`, if there is one
    /// @throws BadRequestException (400) saying which field is wrong
    static JobRequest of(ObjectNode body, @Nullable String header, Instant now) {
        Fields job = new Fields("job", body)
                .only("type", "payload", "priority", "maxRetries", "notBefore", "idempotencyKey", "webhook");
        ObjectNode payload = job.object("payload");
        if (payload == null) {
            throw job.bad("payload", "an object");
        }
        String webhook = job.text("webhook");
        if (webhook != null) {
            Endpoint.check("job.webhook", webhook);
        }
        String key = key(job, header);
        body.remove("idempotencyKey");
        return new JobRequest(
                body,
                job.neededText("type"),
                payload,
                job.integer("priority", -MOST_PRIORITY, MOST_PRIORITY, 0),
                job.integer("maxRetries", 0, MOST_RETRIES, RETRIES),
                notBefore(job, now),
                key,
                webhook);
    }

    private static @Nullable Instant notBefore(Fields job, Instant now) {
        String given = job.text("notBefore");
        if (given == null) {
            return null;
        }
        try {
            Instant notBefore = Instant.parse(given);
            if (notBefore.isBefore(now.plus(FARTHEST))) {
                // what is past is due now; PostgreSQL knows no time as early as Java does
                return notBefore.isBefore(now) ? now : notBefore;
            }
        } catch (DateTimeParseException e) {
            throw new BadRequestException("job.notBefore must be an instant such as " + now, e);
        }
        throw new BadRequestException("job.notBefore must be within a year");
    }

    private static @Nullable String key(Fields job, @Nullable String header) {
        String key = job.text("idempotencyKey");
        if (key != null && header != null && !key.equals(header)) {
            throw new BadRequestException("idempotencyKey and the header Idempotency-Key differ: send one of them");
        }
        String either = key == null ? header : key;
        if (either != null && (either.isBlank() || either.length() > LONGEST_KEY || !Storable.isText(either))) {
            throw job.bad("idempotencyKey", "a string of at most " + LONGEST_KEY + " characters, not blank");
        }
        return either;
    }

    NewJob in(String queue) {
        return new NewJob(queue, JobJson.write(payload), priority, maxRetries + 1, notBefore);
    }
}
