package dev.rollcall.simulator.behaviour;

import java.util.Arrays;
import java.util.Locale;

/// The kinds of garbage (fault V4). The dice only throw the cheap ones; the others cost memory or bandwidth and must
/// be asked for by name.
public enum Rubbish {
    /// a gateway's HTML page with status 200
    HTML,
    /// JSON that stops in the middle, with a matching content length
    CUT_JSON,
    /// JSON of the right names and the wrong types
    WRONG_TYPE,
    /// a good answer with a NUL in its text, which PostgreSQL's `text` refuses
    NUL,
    /// a redirect to the link-local address where clouds keep their secrets
    REDIRECT,
    /// one gibibyte of JSON
    HUGE,
    /// a small body that inflates to 256 MiB
    GZIP_BOMB;

    private static final Rubbish[] CHEAP = {HTML, CUT_JSON, WRONG_TYPE, NUL};

    static Rubbish thrownBy(Dice dice) {
        return CHEAP[dice.below(CHEAP.length)];
    }

    /// @throws IllegalArgumentException if no kind is called so
    static Rubbish named(String name) {
        for (var kind : values()) {
            if (kind.toString().equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("garbage is one of %s, not '%s'".formatted(Arrays.toString(values()), name));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
