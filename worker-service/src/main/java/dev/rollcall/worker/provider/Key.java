package dev.rollcall.worker.provider;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A provider's key, as found in the environment. A class and not a record, so that no log line can spell it out.
final class Key {
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");
    /// For servers that want no key: the clients insist on sending one.
    private static final Key NONE = new Key("none");

    private final String value;

    private Key(String value) {
        this.value = value;
    }

    /// @param environment a variable's value, null when it is not set
    /// @throws Missing when the variable is not set, blank, or holds what no HTTP header can carry
    static Key of(Provider provider, UnaryOperator<@Nullable String> environment) throws Missing {
        String variable = provider.keyVariable();
        if (variable == null) {
            return NONE;
        }
        String found = environment.apply(variable);
        if (found == null || found.isBlank()) {
            throw new Missing("the environment variable %s is not set: provider %s needs its key there"
                    .formatted(variable, provider.id()));
        }
        String value = found.strip();
        if (!SENDABLE.matcher(value).matches()) {
            throw new Missing("the environment variable %s holds characters that no key has".formatted(variable));
        }
        return new Key(value);
    }

    String value() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }

    /// No usable key. The message names the variable, never the value.
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String why) {
            super(why);
        }
    }
}
