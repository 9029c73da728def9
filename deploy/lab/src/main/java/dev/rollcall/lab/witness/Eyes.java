package dev.rollcall.lab.witness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.ApiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Reads answers as whoever asked for them: finds canaries of others, and secrets.
final class Eyes {

    private static final Pattern CANARY = Pattern.compile("canary-([a-z]+)-[0-9a-f]{8}");
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Secrets secrets;
    private final List<Leak> leaks = new ArrayList<>();

    Eyes(Secrets secrets) {
        this.secrets = secrets;
    }

    /// @param own whether the organization asks for its own things
    Sight look(Api api, String organization, String path, boolean own) {
        return seen(organization, path, own, () -> api.text(path));
    }

    /// Tries to change what is another's.
    Sight change(Api api, String organization, String method, String path, Map<String, String> body) {
        return seen(organization, method + " " + path + " " + body, false, () -> api.json(
                        method, path, body, JsonNode.class)
                .body()
                .toString());
    }

    private Sight seen(String organization, String what, boolean own, Supplier<String> answer) {
        try {
            return new Sight(organization, what, own, OK, foreign(answer.get(), organization, what));
        } catch (ApiFailure.Refused no) {
            return new Sight(
                    organization, what, own, no.status(), foreign(String.valueOf(no.getMessage()), organization, what));
        } catch (ApiFailure.Unreachable ill) {
            return new Sight(organization, what, own, UNAVAILABLE, List.of());
        }
    }

    /// Canaries of others; secrets are set aside.
    private List<String> foreign(String text, String organization, String what) {
        secrets.in(text, "the answer to " + what).forEach(leaks::add);
        return CANARY.matcher(text)
                .results()
                .filter(canary -> !canary.group(1).equals(organization))
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    /// Secrets in what was read so far.
    List<Leak> leaks() {
        return List.copyOf(leaks);
    }
}
