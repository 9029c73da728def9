package dev.rollcall.simulator.behaviour;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One `[[sim:name]]` or `[[sim:name=value]]` in a prompt: it overrides the mode for the tasks that carry it. The
/// README lists them.
sealed interface Marker {

    /// How long the task's calls take; what they get is left to the rest.
    record Slow(long millis) implements Marker {}

    /// What the task's calls get on the first `attempts` attempts.
    record Fate(int attempts, Decision decision) implements Marker {
        public Fate {
            if (decision instanceof Decision.Throttle throttle) {
                Mode.requireHeader("the marker throttle", throttle.retryAfter());
            }
        }
    }

    String OPENING = "[[sim:";
    int ALWAYS = Integer.MAX_VALUE;

    /// All markers of a prompt, in their order.
    ///
    /// @throws IllegalArgumentException if one is not understood; a typing error must not pass for a calm task
    static List<Marker> in(String prompt) {
        var at = prompt.indexOf(OPENING);
        if (at < 0) {
            return List.of();
        }
        var markers = new ArrayList<Marker>();
        for (; at >= 0; at = prompt.indexOf(OPENING, at + 1)) {
            var end = prompt.indexOf("]]", at);
            if (end < 0) {
                throw new IllegalArgumentException("a marker is not closed: " + OPENING);
            }
            markers.add(parse(prompt.substring(at + OPENING.length(), end)));
        }
        return markers;
    }

    private static Marker parse(String text) {
        var equals = text.indexOf('=');
        var name = equals < 0 ? text : text.substring(0, equals);
        var value = equals < 0 ? null : text.substring(equals + 1);
        return switch (name) {
            case "latency" -> new Slow(number(text, value, (int) Latency.LONGEST));
            case "fail" ->
                new Fate(
                        value == null ? ALWAYS : number(text, value, ALWAYS),
                        new Decision.Fail(0, 500, "the prompt asked for a failure"));
            case "status" -> new Fate(ALWAYS, Judge.status(0, status(text, value), null));
            case "throttle" -> new Fate(1, new Decision.Throttle(0, value));
            case "hang" -> new Fate(ALWAYS, new Decision.Hang());
            case "garbage" ->
                new Fate(ALWAYS, new Decision.Garbage(0, value == null ? Rubbish.HTML : Rubbish.named(value)));
            case "empty" -> new Fate(ALWAYS, new Decision.Empty(0));
            case "cut" -> new Fate(ALWAYS, new Decision.CutOff(0, 0));
            case "drip" -> new Fate(ALWAYS, new Decision.Drip(0, 0, number(text, value, (int) Latency.LONGEST)));
            default -> throw notUnderstood(text);
        };
    }

    private static int status(String text, @Nullable String value) {
        var status = number(text, value, 599);
        if (status < 400) {
            throw notUnderstood(text);
        }
        return status;
    }

    private static int number(String text, @Nullable String value, int max) {
        try {
            var number = value == null ? -1 : Integer.parseInt(value);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a number out of bounds
        }
        throw notUnderstood(text);
    }

    private static IllegalArgumentException notUnderstood(String text) {
        return new IllegalArgumentException("the marker [[sim:%s]] is not understood".formatted(text));
    }
}
