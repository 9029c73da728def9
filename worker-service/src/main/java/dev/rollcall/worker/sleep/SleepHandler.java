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
/// fails for good.
@ApplicationScoped
class SleepHandler implements Handler {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    @Override
    public String type() {
        return "sleep";
    }

    @Override
    public Outcome handle(Work work, Progress progress) throws InterruptedException {
        try {
            JsonNode payload = Payload.of(work).json();
            Duration wanted = duration(payload.path("millis"));
            Call call = Call.without(Instant.now(), null);
            sleep(wanted, progress);
            return outcome(payload.path("fail"), wanted, call);
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

    private static void sleep(Duration wanted, Progress progress) throws InterruptedException {
        long begun = System.nanoTime();
        long slept = 0;
        while (slept < wanted.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(STEP.toNanos(), wanted.toNanos() - slept));
            slept = System.nanoTime() - begun;
            int percent = (int) Math.min(100, slept / (wanted.toNanos() / 100 + 1));
            progress.report(percent, "slept %d of %d ms".formatted(slept / 1_000_000, wanted.toMillis()));
        }
    }

    private static Outcome outcome(JsonNode fail, Duration wanted, Call call) {
        if (fail.isMissingNode() || fail.isNull() || fail.isBoolean() && !fail.booleanValue()) {
            return new Outcome.Succeeded("slept %d ms".formatted(wanted.toMillis()), call);
        }
        return fail.asText().equals("retry")
                ? new Outcome.Retry("asked_to_fail", "the payload asks for it", Duration.ZERO, call)
                : new Outcome.Failed("asked_to_fail", "the payload asks for it", call);
    }
}
