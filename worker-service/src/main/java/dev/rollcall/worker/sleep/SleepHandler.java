package dev.rollcall.worker.sleep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.worker.handler.Call;
import dev.rollcall.worker.handler.Handler;
import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Payload;
import dev.rollcall.worker.handler.Progress;
import dev.rollcall.worker.handler.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Sleeps, and says how far it is: for tests of everything around a handler. The payload is
/// `{"millis": 500, "fail": true}`; with `"fail": "retry"` it may go better another time, with anything else there it
/// fails for good. With `"bytes": 500` its output is the payload again and again, cut to that many characters.
@ApplicationScoped
class SleepHandler implements Handler {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_BYTES = 1_000_000;

    @Override
    public String type() {
        return "sleep";
    }

    @Override
    public Outcome handle(Work work, Progress progress) throws InterruptedException {
        try {
            JsonNode payload = Payload.of(work).json();
            Duration wanted = duration(payload.path("millis"));
            String output = output(payload.path("bytes"), wanted, work);
            Call call = Call.without(Instant.now(), null);
            sleep(wanted, progress);
            return outcome(payload.path("fail"), output, call);
        } catch (Payload.Bad e) {
            return e.outcome();
        }
    }

    private static Duration duration(JsonNode millis) throws Payload.Bad {
        if (!millis.isIntegralNumber()
                || !millis.canConvertToLong()
                || millis.longValue() < 0
                || millis.longValue() > LONGEST.toMillis()) {
            throw new Payload.Bad("\"millis\" is not a number from 0 to " + LONGEST.toMillis());
        }
        return Duration.ofMillis(millis.longValue());
    }

    private static String output(JsonNode bytes, Duration wanted, Work work) throws Payload.Bad {
        if (bytes.isMissingNode()) {
            return "slept %d ms".formatted(wanted.toMillis());
        }
        if (!bytes.canConvertToInt() || bytes.intValue() < 1 || bytes.intValue() > MOST_BYTES) {
            throw new Payload.Bad("\"bytes\" is not a number from 1 to " + MOST_BYTES);
        }
        String payload = String.valueOf(work.body());
        return payload.repeat(bytes.intValue() / payload.length() + 1).substring(0, bytes.intValue());
    }

    private static void sleep(Duration wanted, Progress progress) throws InterruptedException {
        long begun = System.nanoTime();
        long slept = 0;
        while (slept < wanted.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(STEP.toNanos(), wanted.toNanos() - slept));
            slept = System.nanoTime() - begun;
            if (slept < wanted.toNanos()) {
                int percent = (int) (slept / (wanted.toNanos() / 100 + 1));
                progress.report(percent, "slept %d of %d ms".formatted(slept / 1_000_000, wanted.toMillis()));
            }
        }
    }

    private static Outcome outcome(JsonNode fail, String output, Call call) {
        if (fail.isMissingNode() || fail.isNull() || fail.isBoolean() && !fail.booleanValue()) {
            return new Outcome.Succeeded(output, call);
        }
        return fail.asText().equals("retry")
                ? new Outcome.Retry("asked_to_fail", "the payload asks for it", Duration.ZERO, call)
                : new Outcome.Failed("asked_to_fail", "the payload asks for it", call);
    }
}
