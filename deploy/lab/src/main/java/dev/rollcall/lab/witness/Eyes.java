package dev.rollcall.lab.witness;

import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.ApiFailure;
import java.util.ArrayList;
import java.util.List;
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
        try {
            String text = api.text(path);
            search(text, path);
            var foreign = CANARY.matcher(text)
                    .results()
                    .filter(canary -> !canary.group(1).equals(organization))
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            return new Sight(organization, path, own, OK, foreign);
        } catch (ApiFailure.Refused no) {
            search(String.valueOf(no.getMessage()), path);
            return new Sight(organization, path, own, no.status(), List.of());
        } catch (ApiFailure.Unreachable ill) {
            return new Sight(organization, path, own, UNAVAILABLE, List.of());
        }
    }

    /// Secrets in what was read so far.
    List<Leak> leaks() {
        return List.copyOf(leaks);
    }

    private void search(String text, String path) {
        secrets.in(text, "the answer to " + path).forEach(leaks::add);
    }
}
