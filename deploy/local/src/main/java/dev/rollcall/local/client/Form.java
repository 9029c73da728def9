package dev.rollcall.local.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

/// A request with a file beside it, as `multipart/form-data` (RFC 7578): the file is read while it is sent, and what
/// is asked does not have to fit into an address.
record Form(String contentType, BodyPublisher body) {

    private static final String HEAD = """
            --%1$s\r
            Content-Disposition: form-data; name="request"\r
            Content-Type: application/json\r
            \r
            %2$s\r
            --%1$s\r
            Content-Disposition: form-data; name="rows"; filename="rows.csv"\r
            Content-Type: text/csv\r
            \r
            """;

    static Form of(Object request, BodyPublisher csv) {
        String boundary = "rollcall-" + UUID.randomUUID();
        var head = BodyPublishers.ofString(HEAD.formatted(boundary, Api.inJson(request)));
        var tail = BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary));
        return new Form("multipart/form-data; boundary=" + boundary, BodyPublishers.concat(head, csv, tail));
    }
}
