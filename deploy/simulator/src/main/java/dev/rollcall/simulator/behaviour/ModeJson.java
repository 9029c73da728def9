package dev.rollcall.simulator.behaviour;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A mode as one flat JSON object. What is left out has the value of [Mode#CALM]; what is unknown or of the wrong
/// type is refused by name.
public final class ModeJson {

    private ModeJson() {}

    public static JsonObject write(Mode mode) {
        return new JsonObject()
                .put("latency", mode.latency().toString())
                .put("errorRate", mode.rates().error())
                .put("throttleRate", mode.rates().throttle())
                .put("hangRate", mode.rates().hang())
                .put("garbageRate", mode.rates().garbage())
                .put("cutRate", mode.rates().cut())
                .put("dripRate", mode.rates().drip())
                .put("retryAfter", mode.retryAfter())
                .put("dripMillis", mode.dripMillis())
                .put("failAttempts", mode.failAttempts())
                .put("status", mode.status())
                .put("garbage", mode.rubbish() == null ? null : mode.rubbish().toString())
                .put("answerBytes", mode.answerBytes());
    }

    /// Reads a JSON object, or the short form for a command line: `latency=100..300,errorRate=0.1`.
    ///
    /// @throws IllegalArgumentException if it is no mode; the message names what is wrong
    public static Mode parse(String text) {
        return text.stripLeading().startsWith("{") ? object(text) : read(pairs(text));
    }

    /// Reads a JSON object.
    ///
    /// @throws IllegalArgumentException if it is no JSON object or no mode; the message names what is wrong
    public static Mode object(String text) {
        try {
            return read(new JsonObject(text));
        } catch (DecodeException notJson) {
            throw new IllegalArgumentException("a mode is a JSON object: " + notJson.getMessage(), notJson);
        }
    }

    private static Mode read(JsonObject json) {
        var calm = write(Mode.CALM);
        var unknown = new TreeSet<>(json.fieldNames());
        unknown.removeAll(calm.fieldNames());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown field %s; a mode has %s".formatted(unknown, new TreeSet<>(calm.fieldNames())));
        }
        var fields = new Fields(calm.mergeIn(json));
        var rates = new Rates(
                fields.share("errorRate"),
                fields.share("throttleRate"),
                fields.share("hangRate"),
                fields.share("garbageRate"),
                fields.share("cutRate"),
                fields.share("dripRate"));
        var garbage = fields.text("garbage");
        return new Mode(
                Latency.parse(String.valueOf(fields.text("latency"))),
                rates,
                fields.text("retryAfter"),
                fields.whole("dripMillis"),
                fields.whole("failAttempts"),
                fields.has("status") ? fields.whole("status") : null,
                garbage == null ? null : Rubbish.named(garbage),
                fields.whole("answerBytes"));
    }

    private static JsonObject pairs(String text) {
        var json = new JsonObject();
        for (var pair : text.split(",", -1)) {
            var equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "a mode is written name=value,name=value; '%s' is not".formatted(pair));
            }
            json.put(
                    pair.substring(0, equals).strip(),
                    numberOrText(pair.substring(equals + 1).strip()));
        }
        return json;
    }

    private static Object numberOrText(String value) {
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException text) {
            return value;
        }
    }

    /// Typed access that names the field it complains about.
    private record Fields(JsonObject json) {

        boolean has(String name) {
            return json.getValue(name) != null;
        }

        double share(String name) {
            return number(name).doubleValue();
        }

        int whole(String name) {
            var number = number(name).doubleValue();
            if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("%s is a whole number, not %s".formatted(name, number));
            }
            return (int) number;
        }

        /// A whole number counts as text too, so that `"latency": 200` and `"retryAfter": 5` can be written plainly.
        @Nullable
        String text(String name) {
            return switch (json.getValue(name)) {
                case null -> null;
                case String text -> text;
                case Number ignored -> Integer.toString(whole(name));
                case Object other ->
                    throw new IllegalArgumentException("%s is a text or a number, not %s".formatted(name, other));
            };
        }

        private Number number(String name) {
            if (json.getValue(name) instanceof Number number) {
                return number;
            }
            throw new IllegalArgumentException("%s is a number, not %s".formatted(name, json.getValue(name)));
        }
    }
}
