package dev.rollcall.trigger.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A request to an endpoint of the organization, signed with its secret.
@Singleton
class HttpJob implements JobType {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    /// What belongs to the connection (RFC 9110, 7.6.1), not to the caller.
    private static final Set<String> OURS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    /// What the signature is sent in.
    private static final String SIGNATURE = "webhook-";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E]{0,8000}");

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String queue(Fields payload, Handle ledger, String organization) {
        payload.only("url", "method", "headers", "body");
        Endpoint.check("payload.url", payload.neededText("url"));
        String method = payload.text("method");
        if (method != null && !METHODS.contains(method)) {
            throw payload.bad("method", "one of GET, POST, PUT, PATCH, DELETE");
        }
        checkHeaders(payload.object("headers"));
        SigningSecrets.require(ledger, organization);
        return name();
    }

    private static void checkHeaders(@Nullable ObjectNode headers) {
        if (headers == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        headers.properties().forEach(header -> {
            String name = header.getKey();
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches() || !seen.add(lower)) {
                throw new BadRequestException(
                        "payload.headers: \"%s\" is no header's name, or is there twice".formatted(name));
            }
            if (OURS.contains(lower) || lower.startsWith(SIGNATURE)) {
                throw new BadRequestException("payload.headers: \"%s\" is set by Rollcall".formatted(name));
            }
            if (!header.getValue().isTextual()
                    || !VALUE.matcher(header.getValue().textValue()).matches()) {
                throw new BadRequestException("payload.headers.%s must be a string of visible ASCII".formatted(name));
            }
        });
    }
}
