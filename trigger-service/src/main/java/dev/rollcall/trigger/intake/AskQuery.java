package dev.rollcall.trigger.intake;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what is asked from a request's query parameters.
///
/// @param given what was given, decoded
record AskQuery(MultivaluedMap<String, String> given) {
    static final String ORGANIZATION = "organization";
    private static final String PROVIDER = "provider";
    private static final List<String> KNOWN =
            List.of("prompt", PROVIDER, "name", "concurrency", "maxRetries", "priority", "webhook", ORGANIZATION);

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (400) that says what is wrong
    Ask read() {
        requireKnown(KNOWN);
        String prompt = text("prompt");
        return new Ask(
                prompt == null ? "" : prompt,
                given.getOrDefault(PROVIDER, List.of()),
                text("name"),
                text("concurrency") == null ? null : number("concurrency", 0),
                number("maxRetries", Ask.DEFAULT_RETRIES),
                number("priority", Ask.DEFAULT_PRIORITY),
                text("webhook"));
    }

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (400) naming a parameter that is none of these: a
    ///     misspelled one must not be taken for one that was left out
    void requireKnown(List<String> known) {
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.wrong("query parameter \"%s\" is unknown; known are %s"
                            .formatted(name, String.join(", ", known)));
                });
    }

    private @Nullable String text(String name) {
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Refusal.wrong("query parameter \"%s\" is there twice".formatted(name));
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private int number(String name, int otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Refusal.wrong(name + " must be a whole number");
        }
    }
}
