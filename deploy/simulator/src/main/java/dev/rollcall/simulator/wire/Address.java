package dev.rollcall.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/// Whom a path means: `/{provider}` before the protocol's own path, or that path alone.
///
/// @param provider the first segment, decoded; without one `openai`, `anthropic` or `gemini`; empty if the path is
/// nobody's
/// @param model what the path says of it, so empty but for Gemini
/// @param known whether a question can be asked here; if not, the protocol is a guess at the shape the client reads
public record Address(String provider, Protocol protocol, String model, boolean known) {

    private static final Protocol OPEN_AI = new OpenAi();
    private static final Protocol ANTHROPIC = new Anthropic();
    private static final Protocol GEMINI = new Gemini();

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String MODELS = "/v1beta/models/";
    private static final String GENERATE = ":generateContent";

    public static Address of(String path) {
        if (path.endsWith(CHAT)) {
            return at(path, path.length() - CHAT.length(), "openai", OPEN_AI, "");
        }
        if (path.endsWith(MESSAGES)) {
            return at(path, path.length() - MESSAGES.length(), "anthropic", ANTHROPIC, "");
        }
        var models = path.indexOf(MODELS);
        var model = models + MODELS.length();
        var generate = path.length() - GENERATE.length();
        if (models >= 0 && path.endsWith(GENERATE) && model < generate && path.indexOf('/', model) < 0) {
            return at(path, models, "gemini", GEMINI, decode(path.substring(model, generate)));
        }
        return unknown(path);
    }

    private static Address at(String path, int start, String unnamed, Protocol protocol, String model) {
        var provider = provider(path, start);
        if (provider == null) {
            return unknown(path);
        }
        return new Address(provider.isEmpty() ? unnamed : provider, protocol, model, true);
    }

    /// The provider's name before `end`, empty if there is none, null if there is more than a name.
    private static @Nullable String provider(String path, int end) {
        if (end == 0) {
            return "";
        }
        return end > 1 && path.lastIndexOf('/', end - 1) == 0 ? decode(path.substring(1, end)) : null;
    }

    private static Address unknown(String path) {
        var protocol = path.contains("/v1beta/") ? GEMINI : path.contains(MESSAGES) ? ANTHROPIC : OPEN_AI;
        var version = path.indexOf("/v1");
        var provider = version > 0 ? provider(path, version) : null;
        return new Address(provider == null ? "" : provider, protocol, "", false);
    }

    /// A percent sign that starts no code is left as it is: a wrong path must end as a 404, not as an exception.
    private static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException wrongCode) {
            return segment;
        }
    }
}
