package dev.rollcall.trigger.job;

import jakarta.ws.rs.BadRequestException;
import java.net.URI;
import java.net.URISyntaxException;

/// The address of an endpoint that callers name.
final class Endpoint {
    private static final int LONGEST = 2000;

    private Endpoint() {}

    /// @param field what messages call it
    /// @throws BadRequestException (400) for anything but an absolute http or https address without user info
    static void check(String field, String url) {
        if (!isGood(url)) {
            throw new BadRequestException(
                    field + " must be an absolute http or https URL without user info, of at most " + LONGEST
                            + " characters");
        }
    }

    private static boolean isGood(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= LONGEST
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() <= 0xFFFF;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
