package dev.rollcall.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// The way to the wire. Every convenience is off: no redirect, proxy, cookie, login, decompression or second try, and a
/// connection serves one request, so that the address is looked at every time and nobody inherits anything.
@ApplicationScoped
class HttpWire {
    private static final int MAX_HEADER_LINE = 64 * 1024;
    private static final int MAX_HEADERS = 200;
    /// The permits are the bound; the client must not be another one.
    private static final int MANY = 100_000;

    private final CloseableHttpClient http;
    private final Duration totalTimeout;
    private final int maxBytes;

    @Inject
    HttpWire(HttpConfig config) {
        this(config, SystemDefaultDnsResolver.INSTANCE);
    }

    HttpWire(HttpConfig config, DnsResolver dns) {
        Reach reach = Reach.of(config.allow().orElse(List.of()));
        this.http = client(config.connectTimeout(), new GuardedDns(dns, reach));
        this.totalTimeout = config.totalTimeout();
        this.maxBytes = config.maxOutputBytes();
    }

    private static CloseableHttpClient client(Duration connectTimeout, DnsResolver dns) {
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(dns)
                .setMaxConnTotal(MANY)
                .setMaxConnPerRoute(MANY)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(MAX_HEADER_LINE)
                                .setMaxHeaderCount(MAX_HEADERS)
                                .build())
                        .build())
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .setUserAgent("rollcall-worker")
                .build();
    }

    /// Sends it and waits for the whole answer; interrupting the thread closes the connection.
    ///
    /// @param more headers beside the request's own
    Answer send(Request request, Map<String, String> more) throws InterruptedException, Broken {
        HttpUriRequestBase outgoing = outgoing(request, more);
        // On a thread of its own, as this one must be free to give up even while a name is being resolved, which
        // nothing can interrupt.
        FutureTask<Answer> exchange = new FutureTask<>(() -> exchange(outgoing));
        Thread.ofVirtual().name("http").start(exchange);
        try {
            return exchange.get(totalTimeout.toNanos(), NANOSECONDS);
        } catch (TimeoutException e) {
            throw Broken.late(totalTimeout, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw Broken.by(cause);
            }
            throw new IllegalStateException("a defect on the way to the wire", e.getCause());
        } finally {
            // closes the connection when the exchange is not over, and does nothing when it is
            outgoing.abort();
            exchange.cancel(true);
        }
    }

    private static HttpUriRequestBase outgoing(Request request, Map<String, String> more) {
        HttpUriRequestBase outgoing = new HttpUriRequestBase(request.method(), request.url());
        if (!request.body().isEmpty()) {
            outgoing.setEntity(new ByteArrayEntity(request.body().getBytes(UTF_8), null));
            outgoing.setHeader("content-type", "application/json");
        }
        request.headers().forEach(outgoing::setHeader);
        more.forEach(outgoing::setHeader);
        return outgoing;
    }

    private Answer exchange(HttpUriRequestBase outgoing) throws IOException {
        ClassicHttpResponse response = http.executeOpen(null, outgoing, null);
        try {
            Header retryAfter = response.getFirstHeader("retry-after");
            return new Answer(
                    response.getCode(), retryAfter == null ? null : retryAfter.getValue(), text(response.getEntity()));
        } finally {
            // the connection first: closing the answer alone would read it to its end, however long that is
            outgoing.abort();
            Closer.closeQuietly(response);
        }
    }

    private String text(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        byte[] bytes = entity.getContent().readNBytes(maxBytes);
        return new String(bytes, charset(entity));
    }

    private static Charset charset(HttpEntity entity) {
        ContentType type = ContentType.parseLenient(entity.getContentType());
        return type == null || type.getCharset() == null ? UTF_8 : type.getCharset();
    }

    @PreDestroy
    void close() throws IOException {
        http.close();
    }
}
