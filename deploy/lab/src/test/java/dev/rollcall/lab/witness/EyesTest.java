package dev.rollcall.lab.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rollcall.local.client.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EyesTest {

    private final Eyes eyes = new Eyes(new Secrets(Map.of("the cron secret", "hush", "a key", "rc_1")));
    private HttpServer server;

    @BeforeEach
    void answerWithThePath() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = "{\"detail\":\"%s\"}".formatted(path).getBytes(UTF_8);
            exchange.sendResponseHeaders(path.startsWith("/nothing") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_secret_in_a_good_answer_is_a_leak() {
        assertThat(look("/all-is-well")).isEqualTo(new Sight("acme", "/all-is-well", true, 200, List.of()));
        assertThat(eyes.leaks()).isEmpty();
        look("/so-hush");
        assertThat(eyes.leaks()).containsExactly(new Leak("the cron secret", "the answer to /so-hush"));
    }

    @Test
    void a_secret_in_a_refusal_is_a_leak_too() {
        assertThat(look("/nothing-is-known-of-rc_1").status()).isEqualTo(404);
        assertThat(eyes.leaks()).containsExactly(new Leak("a key", "the answer to /nothing-is-known-of-rc_1"));
    }

    @Test
    void a_canary_of_another_in_a_refusal_is_foreign_too() {
        assertThat(look("/nothing-like-canary-bravo-00000000").foreign()).containsExactly("canary-bravo-00000000");
        assertThat(look("/nothing-like-canary-acme-00000000").foreign()).isEmpty();
    }

    @Test
    void who_changes_what_is_anothers_is_told_what_came_of_it() {
        assertThat(eyes.change(api(), "acme", "PATCH", "/nothing", Map.of("action", "cancel"))
                        .status())
                .isEqualTo(404);
        assertThat(eyes.change(api(), "acme", "POST", "/done", Map.of()).status())
                .isEqualTo(200);
    }

    private Sight look(String path) {
        return eyes.look(api(), "acme", path, true);
    }

    private Api api() {
        return new Api(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "", "");
    }
}
