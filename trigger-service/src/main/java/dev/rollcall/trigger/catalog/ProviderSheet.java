package dev.rollcall.trigger.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `id,protocol,base_url,model,key_variable,concurrency,connect_timeout_ms,total_timeout_ms,active`
final class ProviderSheet implements Sheet<Provider> {
    static final List<String> PROTOCOLS = List.of("openai", "anthropic", "gemini");
    private static final List<String> HANDLERS = List.of("http", "sleep", "webhook");

    private static final int MOST_CALLS = 10_000;
    private static final int HOUR_MS = 3_600_000;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    /// What keys look like that would pass for a name: a well-known prefix, or a long stretch of digits among letters,
    /// or of small among capital letters, without an underscore.
    private static final Pattern KEY_ITSELF =
            Pattern.compile("(?:sk|pk|gsk|hf|xai|ghp|nvapi|r8)_.*|AIza.*|(?:.*_)?(?=[A-Za-z0-9]{16})(?:"
                    + "(?=[A-Za-z0-9]*[0-9])|(?=[A-Za-z0-9]*[a-z][A-Za-z0-9]*[A-Z])|(?=[A-Za-z0-9]*[A-Z][A-Za-z0-9]*[a-z]))"
                    + ".*");

    @Override
    public List<String> required() {
        return List.of("id", "protocol", "base_url", "model");
    }

    @Override
    public List<String> optional() {
        return List.of("key_variable", "concurrency", "connect_timeout_ms", "total_timeout_ms", "active");
    }

    @Override
    public Provider read(Cells cells) throws BadCell {
        Provider provider = new Provider(
                id(cells), cells.oneOf("protocol", PROTOCOLS), baseUrl(cells.get("base_url")), cells.text("model"));
        provider.keyVariable = keyVariable(cells.get("key_variable"));
        provider.concurrency = cells.number("concurrency", 8, MOST_CALLS);
        provider.connectTimeoutMs = cells.number("connect_timeout_ms", 5_000, HOUR_MS);
        provider.totalTimeoutMs = cells.number("total_timeout_ms", 120_000, HOUR_MS);
        provider.active = cells.flag("active");
        return provider;
    }

    @Override
    public String key(Provider row) {
        return "provider " + row.id;
    }

    /// A provider's id names its queue, and some queues have a name already.
    private static String id(Cells cells) throws BadCell {
        String id = cells.id("id");
        if (HANDLERS.contains(id)) {
            throw new BadCell("id %s is taken: it names a queue of work that calls no provider".formatted(id));
        }
        return id;
    }

    private static String baseUrl(String value) throws BadCell {
        try {
            URI url = new URI(value);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (web && url.getHost() != null && plain) {
                return value;
            }
        } catch (URISyntaxException e) {
            throw badUrl();
        }
        throw badUrl();
    }

    private static BadCell badUrl() {
        return new BadCell("base_url must be an absolute http or https URL without user, query and fragment");
    }

    private static @Nullable String keyVariable(String value) throws BadCell {
        if (value.isEmpty()) {
            return null;
        }
        if (!VARIABLE.matcher(value).matches() || KEY_ITSELF.matcher(value).matches()) {
            throw new BadCell(
                    "key_variable must be the name of an environment variable of the workers, such as OPENAI_API_KEY; "
                            + "a key itself does not belong here");
        }
        return value;
    }
}
