package dev.rollcall.worker.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.worker.handler.Payload;
import dev.rollcall.worker.handler.Payload.Bad;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What an organization wants to be sent.
///
/// @param headers by name, whatever its case
/// @param body empty when there is none
record Request(URI url, String method, Map<String, String> headers, String body) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4000}");
    /// They belong to the connection or say who asks, and are ours.
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    /// @throws Bad for what makes no request, with the reason in words
    static Request of(Payload payload) throws Bad {
        String method = payload.optionalText("method");
        String wanted = method == null ? "POST" : method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(wanted)) {
            throw new Bad("\"method\" is none of " + String.join(", ", new java.util.TreeSet<>(METHODS)));
        }
        return new Request(
                url(payload.text("url")), wanted, headers(payload.json().path("headers")), body(payload.json()));
    }

    /// What the system tells by itself.
    static Request webhook(Payload payload) throws Bad {
        return new Request(url(payload.text("url")), "POST", Map.of(), body(payload.json()));
    }

    private static URI url(String text) throws Bad {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new Bad("\"url\" is not an address: " + e.getReason());
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw new Bad("\"url\" is not an http or https address");
        }
        if (url.getRawUserInfo() != null) {
            throw new Bad("\"url\" names a user: put what proves who you are into a header");
        }
        return url;
    }

    private static Map<String, String> headers(JsonNode json) throws Bad {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (json.isMissingNode() || json.isNull()) {
            return headers;
        }
        if (!json.isObject()) {
            throw new Bad("\"headers\" is not an object");
        }
        for (Map.Entry<String, JsonNode> header : json.properties()) {
            String name = header.getKey();
            if (!TOKEN.matcher(name).matches()
                    || OURS.contains(name.toLowerCase(Locale.ROOT))
                    || name.regionMatches(true, 0, "proxy-", 0, 6)) {
                throw new Bad("\"headers\" may not name '%s'".formatted(name));
            }
            // a line break would be a header of its own
            if (!header.getValue().isTextual()
                    || !VALUE.matcher(header.getValue().textValue()).matches()) {
                throw new Bad("the header '%s' is not one line of plain text".formatted(name));
            }
            headers.put(name, header.getValue().textValue());
        }
        return headers;
    }

    /// A text is sent as it is, anything else as JSON.
    private static String body(JsonNode payload) {
        JsonNode body = payload.path("body");
        return body.isMissingNode() || body.isNull() ? "" : body.isTextual() ? body.textValue() : body.toString();
    }
}
