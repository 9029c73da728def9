package dev.rollcall.worker.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Outcome.Failed;
import dev.rollcall.worker.handler.Outcome.NotYet;
import dev.rollcall.worker.handler.Outcome.Retry;
import dev.rollcall.worker.handler.Outcome.Succeeded;
import dev.rollcall.worker.handler.RetryAfter;
import dev.rollcall.worker.provider.FakeProvider;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real sockets; only names are made up.
class HttpWireTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private FakeProvider server;
    private HttpWire wire;

    @BeforeEach
    void start() throws Exception {
        server = new FakeProvider();
        wire = wire(Map.of("rollcall.http.allow", "127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        wire.close();
        server.close();
    }

    /// Every name is this machine's loopback, but for those that say their address.
    private HttpWire wire(Map<String, String> otherwise) {
        HttpConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(HttpConfig.class)
                .withDefaultValues(otherwise)
                .build()
                .getConfigMapping(HttpConfig.class);
        return new HttpWire(config, new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                asked.add(host);
                if (host.equals("nowhere.test")) {
                    throw new UnknownHostException(host);
                }
                if (host.equals("both.test")) {
                    return new InetAddress[] {InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("127.0.0.1")};
                }
                return host.endsWith(".test")
                        ? new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")}
                        : InetAddress.getAllByName(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
    }

    private Outcome send(URI url) throws InterruptedException {
        return send(wire, new Request(url, "POST", Map.of(), "{}"));
    }

    private static Outcome send(HttpWire wire, Request request) throws InterruptedException {
        HttpJudgement judgement = new HttpJudgement(new RetryAfter(Duration.ofSeconds(1), Duration.ofMinutes(5)));
        try {
            return judgement.answered(wire.send(request, Map.of("webhook-id", "job_1")), Instant.now(), Instant.now());
        } catch (Broken e) {
            return judgement.broken(e, Instant.now());
        }
    }

    @Test
    void a_request_arrives_as_it_was_asked_for() throws Exception {
        server.behave(200, "done");
        Outcome outcome = send(wire, new Request(server.url("/a?b=c"), "PUT", Map.of("X-Mine", "1"), "{\"a\":\"ä\"}"));
        assertThat(outcome)
                .asInstanceOf(type(Succeeded.class))
                .extracting(Succeeded::output)
                .isEqualTo("done");
        assertThat(server.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.path()).isEqualTo("/a?b=c");
            assertThat(seen.body()).isEqualTo("{\"a\":\"ä\"}");
            assertThat(seen.headers())
                    .containsEntry("x-mine", "1")
                    .containsEntry("webhook-id", "job_1")
                    .containsEntry("content-type", "application/json")
                    .containsEntry("user-agent", "rollcall-worker")
                    .doesNotContainKeys("cookie", "authorization", "accept-encoding", "upgrade");
        });
    }

    @Test
    void the_caller_may_say_what_the_body_is() throws Exception {
        send(wire, new Request(server.url("/"), "POST", Map.of("Content-Type", "text/csv"), "a,b"));
        assertThat(server.seen().getFirst().headers()).containsEntry("content-type", "text/csv");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Succeeded,", "204, Succeeded,", "301, Failed, http_301", "302, Failed, http_302",
        "307, Failed, http_307", "400, Failed, http_400", "401, Failed, http_401", "404, Failed, http_404",
        "407, Failed, http_407", "408, Failed, http_408", "429, NotYet, rate_limited", "500, Retry, http_500",
        "503, Retry, http_503"
    })
    void the_status_decides(int status, String kind, String reason) throws Exception {
        server.behave(request -> request.response()
                .setStatusCode(status)
                .putHeader("location", "http://127.0.0.1:1/")
                .putHeader("www-authenticate", "Basic realm=\"x\"")
                .end());
        Outcome outcome = send(server.url("/"));
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(
                        switch (outcome) {
                            case Failed f -> f.reason();
                            case Retry r -> r.reason();
                            case NotYet n -> n.reason();
                            default -> null;
                        })
                .isEqualTo(reason);
        assertThat(outcome.call().httpStatus()).isEqualTo(status);
        assertThat(server.seen()).as("no second try, no redirect, no login").hasSize(1);
    }

    @Test
    void the_servers_wish_to_be_left_alone_is_heard() throws Exception {
        server.behave(request -> request.response()
                .setStatusCode(429)
                .putHeader("retry-after", "7")
                .end());
        assertThat(send(server.url("/")))
                .asInstanceOf(type(NotYet.class))
                .extracting(NotYet::after)
                .isEqualTo(Duration.ofSeconds(7));
        server.behave(request -> request.response()
                .setStatusCode(503)
                .putHeader("retry-after", "9")
                .end());
        assertThat(send(server.url("/")))
                .asInstanceOf(type(Retry.class))
                .extracting(Retry::atLeast)
                .isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void a_cookie_is_not_kept() throws Exception {
        server.behave(request ->
                request.response().putHeader("set-cookie", "a=b; path=/").end());
        send(server.url("/"));
        send(server.url("/"));
        assertThat(server.seen()).hasSize(2).noneMatch(seen -> seen.headers().containsKey("cookie"));
    }

    @Test
    void what_is_longer_than_the_cap_is_cut_and_not_read() throws Exception {
        wire = wire(Map.of("rollcall.http.allow", "127.0.0.1", "rollcall.http.max-output-bytes", "1000"));
        server.behave(request -> endless(request.response().setChunked(true)));
        assertThat(send(server.url("/")))
                .asInstanceOf(type(Succeeded.class))
                .extracting(Succeeded::output)
                .isEqualTo("x".repeat(1000));
        await().atMost(BOUND).until(() -> server.closedConnections() == 1);
    }

    private static void endless(HttpServerResponse response) {
        if (!response.closed()) {
            response.write(Buffer.buffer("x".repeat(700))).onSuccess(sent -> endless(response));
        }
    }

    @Test
    void what_postgresql_would_refuse_is_replaced() throws Exception {
        server.behave(request -> request.response().end(Buffer.buffer(new byte[] {'a', 0, (byte) 0xff, 'b'})));
        assertThat(send(server.url("/")))
                .asInstanceOf(type(Succeeded.class))
                .extracting(Succeeded::output)
                .isEqualTo("a\uFFFD\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "headers", "dripping"})
    void the_whole_exchange_has_one_bound(String how) throws Exception {
        wire = wire(Map.of("rollcall.http.allow", "127.0.0.1", "rollcall.http.total-timeout", "400ms"));
        behave(how);
        long begun = System.nanoTime();
        assertThat(send(server.url("/")))
                .asInstanceOf(type(Retry.class))
                .extracting(Retry::reason)
                .isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        await().atMost(BOUND).until(() -> server.closedConnections() == 1);
    }

    private void behave(String how) {
        switch (how) {
            case "silent" -> server.hang(false);
            case "headers" -> server.hang(true);
            default -> server.behave(request -> drip(request.response().setChunked(true)));
        }
    }

    private static void drip(HttpServerResponse response) {
        if (!response.closed()) {
            response.write("x");
            CompletableFuture.delayedExecutor(50, MILLISECONDS).execute(() -> drip(response));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "headers", "dripping"})
    void interrupting_closes_the_connection_within_a_second(String how) throws Exception {
        behave(how);
        AtomicReference<Object> end = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                end.set(send(server.url("/")));
            } catch (InterruptedException e) {
                end.set(e);
            }
        });
        await().atMost(BOUND).until(() -> server.seen().size() == 1);
        assertThat(server.closedConnections()).isZero();

        caller.interrupt();

        await().atMost(Duration.ofSeconds(1)).until(() -> server.closedConnections() == 1);
        assertThat(caller.join(BOUND)).isTrue();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void where_nobody_listens_it_may_go_better_another_time() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(send(URI.create("http://127.0.0.1:" + port)))
                .asInstanceOf(type(Retry.class))
                .extracting(Retry::reason)
                .isEqualTo("connect");
        assertThat(send(URI.create("http://nowhere.test/")))
                .asInstanceOf(type(Retry.class))
                .extracting(Retry::reason)
                .isEqualTo("connect");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://private.test:%d/",
                "http://127.0.0.1:%d/",
                "http://127.1:%d/",
                "http://2130706433:%d/",
                "http://[::1]:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://localhost:%d/",
                "http://0.0.0.0:%d/"
            })
    void what_is_not_public_is_not_asked_however_it_is_written(String url) throws Exception {
        wire = wire(new HashMap<>());
        Outcome outcome = send(URI.create(url.formatted(server.url("/").getPort())));
        assertThat(outcome)
                .asInstanceOf(type(Failed.class))
                .extracting(Failed::reason)
                .isEqualTo("address_refused");
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void of_a_names_addresses_only_those_that_may_be_asked_are_connected_to() throws Exception {
        Outcome outcome =
                send(URI.create("http://both.test:%d/".formatted(server.url("/").getPort())));
        assertThat(outcome).isInstanceOf(Succeeded.class);
        assertThat(asked).as("what was looked at is what was connected to").containsExactly("both.test");
    }

    @Test
    void every_request_looks_at_the_address_again() throws Exception {
        URI url = URI.create("http://public.test:%d/".formatted(server.url("/").getPort()));
        send(url);
        send(url);
        assertThat(asked).containsExactly("public.test", "public.test");
        await().atMost(BOUND).until(() -> server.closedConnections() == 2);
    }

    @Test
    void an_allowed_host_may_be_private() throws Exception {
        wire = wire(Map.of("rollcall.http.allow", "receiver.test,10.0.0.0/8"));
        String url = "http://%s:" + server.url("/").getPort();
        assertThat(send(URI.create(url.formatted("receiver.test")))).isInstanceOf(Succeeded.class);
        assertThat(send(URI.create(url.formatted("other.test")))).isInstanceOf(Failed.class);
    }
}
