package dev.rollcall.worker.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a provider is reached. Built only from what makes sense, so that nobody has to check again.
///
/// @param baseUrl http or https, see [Protocol] for what it ends in; a trailing slash is dropped
/// @param model as the provider calls it
/// @param keyVariable the environment variable of the workers that holds the key; null for a server that wants none
/// @param concurrency calls at one time, over all workers
/// @param connectTimeout until a connection stands
/// @param totalTimeout until the last byte of the answer, connecting included
public record Provider(
        String id,
        Protocol protocol,
        URI baseUrl,
        String model,
        @Nullable String keyVariable,
        int concurrency,
        Duration connectTimeout,
        Duration totalTimeout) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    // one protocol has the model in the path, so what would need escaping there is refused for all
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9@._:/+~-]{0,199}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public Provider {
        baseUrl = plain(baseUrl);
        keyVariable = keyVariable == null || keyVariable.isBlank() ? null : keyVariable;
        require(ID.matcher(id).matches(), "id '%s' has characters other than A-Z a-z 0-9 . _ -", id);
        require(MODEL.matcher(model).matches(), "model '%s' is not a model's name", model);
        // the text is not repeated: someone may have put the key itself here
        require(
                keyVariable == null || VARIABLE.matcher(keyVariable).matches(),
                "key_variable is not the name of an environment variable");
        require(concurrency > 0, "concurrency %d is not positive", concurrency);
        require(connectTimeout.isPositive(), "connect timeout %s is not positive", connectTimeout);
        require(totalTimeout.isPositive(), "total timeout %s is not positive", totalTimeout);
    }

    private static URI plain(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        require(
                (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null,
                "base_url is not an http or https address");
        // keys are never stored in clear, and this is where one would hide
        require(
                url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null,
                "base_url has a user, a query or a fragment; a key belongs in an environment variable");
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.replaceFirst("/+$", "")) : url;
    }

    private static void require(boolean sane, String message, Object... args) {
        if (!sane) {
            throw new IllegalArgumentException(message.formatted(args));
        }
    }
}
