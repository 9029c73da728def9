package dev.rollcall.lab.witness;

import java.util.Map;
import java.util.stream.Stream;

/// What nobody may ever print, by what it is.
record Secrets(Map<String, String> named) {

    /// Those that are in a text.
    ///
    /// @param place where the text is from
    Stream<Leak> in(String text, String place) {
        return named.entrySet().stream()
                .filter(secret -> text.contains(secret.getValue()))
                .map(secret -> new Leak(secret.getKey(), place));
    }
}
