package dev.rollcall.trigger.intake;

import dev.rollcall.ledger.Storable;
import dev.rollcall.ledger.Template;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is asked of a batch: everything but its rows.
///
/// @param prompt with `{{column}}` where a cell goes
/// @param concurrency tasks at one time; null for no bound but the providers'
/// @param maxRetries after the first attempt
/// @param priority higher goes first
/// @param webhook whom to tell when the batch is final
record Ask(
        String prompt,
        List<String> providers,
        @Nullable String name,
        @Nullable Integer concurrency,
        int maxRetries,
        int priority,
        @Nullable String webhook) {
    static final int DEFAULT_RETRIES = 3;
    static final int DEFAULT_PRIORITY = 0;
    private static final int MOST_RETRIES = 20;
    private static final int MOST_PRIORITY = 100;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_URL = 2000;

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (400) that says what is wrong
    Ask {
        providers = List.copyOf(providers);
        require(!prompt.isBlank(), "prompt is missing");
        require(Storable.isText(prompt), "prompt holds a NUL character or half of a surrogate pair");
        Set<String> seen = new HashSet<>();
        for (String provider : providers) {
            require(seen.add(provider), "provider \"%s\" is named twice".formatted(provider));
        }
        require(
                name == null || !name.isBlank() && name.length() <= LONGEST_NAME && Storable.isText(name),
                "name must be 1 to %d characters".formatted(LONGEST_NAME));
        require(concurrency == null || concurrency > 0, "concurrency must be a whole number from 1");
        require(
                maxRetries >= 0 && maxRetries <= MOST_RETRIES,
                "maxRetries must be a whole number from 0 to " + MOST_RETRIES);
        require(
                priority >= -MOST_PRIORITY && priority <= MOST_PRIORITY,
                "priority must be a whole number from -%1$d to %1$d".formatted(MOST_PRIORITY));
        require(webhook == null || isWeb(webhook), "webhook must be an http or https URL");
    }

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem (400) naming the placeholders that are no column
    void requireColumns(List<String> columns) {
        List<String> unknown = Template.parse(prompt).placeholders().stream()
                .filter(placeholder -> !columns.contains(placeholder))
                .toList();
        require(
                unknown.isEmpty(),
                "the prompt's %s no column; the columns are %s"
                        .formatted(
                                unknown.size() == 1
                                        ? "{{%s}} is".formatted(unknown.getFirst())
                                        : String.join(
                                                        ", ",
                                                        unknown.stream()
                                                                .map("{{%s}}"::formatted)
                                                                .toList())
                                                + " are",
                                String.join(", ", columns)));
    }

    int maxAttempts() {
        return maxRetries + 1;
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw Refusal.wrong(otherwise);
        }
    }

    private static boolean isWeb(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= LONGEST_URL
                    && uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
