package dev.rollcall.simulator.behaviour;

import dev.rollcall.simulator.behaviour.Decision.Answer;
import dev.rollcall.simulator.behaviour.Decision.CutOff;
import dev.rollcall.simulator.behaviour.Decision.Drip;
import dev.rollcall.simulator.behaviour.Decision.Empty;
import dev.rollcall.simulator.behaviour.Decision.Fail;
import dev.rollcall.simulator.behaviour.Decision.Garbage;
import dev.rollcall.simulator.behaviour.Decision.Hang;
import dev.rollcall.simulator.behaviour.Decision.Throttle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what a call gets: nothing but its arguments matters, so a run can be repeated and a test can foretell it.
public final class Judge {

    private Judge() {}

    /// The one decision there is for these arguments.
    ///
    /// @param attempt counted from 1
    /// @param prompt all text of the question; its markers come before the mode
    public static Decision decide(Mode mode, long seed, String provider, long task, int attempt, String prompt) {
        List<Marker> markers;
        try {
            markers = Marker.in(prompt);
        } catch (IllegalArgumentException misspelt) {
            return new Fail(0, 400, String.valueOf(misspelt.getMessage()));
        }
        var dice = new Dice(seed, provider, task, attempt);
        // always thrown in this order, so that changing a rate leaves everyone's latency and garbage as they were
        var share = dice.share();
        var thrown = Rubbish.thrownBy(dice);
        var rubbish = mode.rubbish() == null ? thrown : mode.rubbish();
        var latency = mode.latency().millis(dice);

        var fated = false;
        @Nullable Decision fate = null;
        for (var marker : markers) {
            switch (marker) {
                case Marker.Slow slow -> latency = slow.millis();
                case Marker.Fate some -> {
                    fated = true;
                    fate = fate == null && attempt <= some.attempts() ? some.decision() : fate;
                }
            }
        }
        if (fate != null) {
            return in(mode, latency, fate);
        }
        // a task whose marker spoke of other attempts is over with its bad luck
        return fated ? new Answer(latency, mode.answerBytes()) : byMode(mode, attempt, share, rubbish, latency);
    }

    private static Decision byMode(Mode mode, int attempt, double share, Rubbish rubbish, long latency) {
        if (mode.status() != null) {
            return status(latency, mode.status(), mode.retryAfter());
        }
        if (attempt <= mode.failAttempts()) {
            return new Fail(latency, 500, "attempt %d fails in this mode".formatted(attempt));
        }
        var rates = mode.rates();
        var rest = share - rates.error();
        if (rest < 0) {
            return new Fail(latency, 500, "the dice said so");
        }
        if ((rest -= rates.throttle()) < 0) {
            return new Throttle(latency, mode.retryAfter());
        }
        if ((rest -= rates.hang()) < 0) {
            return new Hang();
        }
        if ((rest -= rates.garbage()) < 0) {
            return new Garbage(latency, rubbish);
        }
        if ((rest -= rates.cut()) < 0) {
            return new CutOff(latency, mode.answerBytes());
        }
        if (rest - rates.drip() < 0) {
            return new Drip(latency, mode.answerBytes(), mode.dripMillis());
        }
        return new Answer(latency, mode.answerBytes());
    }

    /// A 429 is never a mere failure: it is told by its own decision.
    static Decision status(long latency, int status, @Nullable String retryAfter) {
        return status == 429
                ? new Throttle(latency, retryAfter)
                : new Fail(latency, status, "status %d was asked for".formatted(status));
    }

    /// A marker says what happens; how long it takes and how large it is comes from the mode.
    private static Decision in(Mode mode, long latency, Decision fate) {
        return switch (fate) {
            case Answer ignored -> new Answer(latency, mode.answerBytes());
            case Empty ignored -> new Empty(latency);
            case Fail fail -> new Fail(latency, fail.status(), fail.why());
            case Throttle throttle -> new Throttle(latency, throttle.retryAfter());
            case Hang hang -> hang;
            case Garbage garbage -> new Garbage(latency, garbage.rubbish());
            case CutOff ignored -> new CutOff(latency, mode.answerBytes());
            case Drip drip -> new Drip(latency, mode.answerBytes(), drip.overMillis());
        };
    }
}
