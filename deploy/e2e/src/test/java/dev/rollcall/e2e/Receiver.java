package dev.rollcall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Somebody who wants to be told, and checks who tells ([Standard Webhooks](https://www.standardwebhooks.com)).
final class Receiver implements AutoCloseable {

    private final byte[] secret;
    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger unsigned = new AtomicInteger();

    Receiver(String signingSecret) throws IOException {
        secret = Base64.getDecoder().decode(signingSecret.replaceFirst("^whsec_", ""));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (isSigned(exchange.getRequestHeaders(), body)) {
                bodies.add(body);
            } else {
                unsigned.incrementAndGet();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create(
                "http://127.0.0.1:%d/told".formatted(server.getAddress().getPort()));
    }

    /// The first message that was signed as it should be; empty if there is none yet.
    String first() {
        return bodies.isEmpty() ? "" : bodies.getFirst();
    }

    /// Messages that anybody could have sent.
    int unsigned() {
        return unsigned.get();
    }

    private boolean isSigned(Headers headers, String body) {
        String signed =
                "%s.%s.%s".formatted(headers.getFirst("webhook-id"), headers.getFirst("webhook-timestamp"), body);
        return List.of(String.valueOf(headers.getFirst("webhook-signature")).split(" "))
                .contains("v1," + Base64.getEncoder().encodeToString(hmac(signed)));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
