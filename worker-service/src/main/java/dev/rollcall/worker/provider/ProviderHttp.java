package dev.rollcall.worker.provider;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.rollcall.worker.provider.Exchange.Trouble;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/// LangChain4j's way to the wire, over the JDK's client. What LangChain4j's own adapter leaves open is closed here:
/// the whole call has one timeout (the JDK's ends with the headers, so a dripping body would hang for ever), the body
/// has a cap, a redirect is refused (it would carry the key elsewhere), interrupting the caller closes the connection,
/// and every response's status and headers are noted in the current [Exchange].
final class ProviderHttp implements HttpClient {
    static final String TASK = "x-rollcall-task";
    static final String ATTEMPT = "x-rollcall-attempt";

    private final java.net.http.HttpClient http;
    private final Duration connectTimeout;
    private final Duration totalTimeout;
    private final int maxBytes;

    ProviderHttp(Provider provider, int maxBytes) {
        this.http = java.net.http.HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(provider.connectTimeout())
                .build();
        this.connectTimeout = provider.connectTimeout();
        this.totalTimeout = provider.totalTimeout();
        this.maxBytes = maxBytes;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        Exchange exchange = Exchange.CURRENT.get();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(outgoing(request, exchange), head -> {
            exchange.answered(head);
            return new CappedBody(maxBytes);
        });
        try {
            return incoming(answer.get(totalTimeout.toNanos(), NANOSECONDS), exchange);
        } catch (TimeoutException e) {
            throw broken(exchange, Trouble.TIMEOUT, "no complete answer within " + totalTimeout, e);
        } catch (InterruptedException e) {
            throw broken(exchange, Trouble.INTERRUPTED, "the call was aborted", e);
        } catch (ExecutionException e) {
            throw broken(exchange, e.getCause() == null ? e : e.getCause());
        } finally {
            // closes the connection when the call is not over, and does nothing when it is
            answer.cancel(true);
        }
    }

    private static java.net.http.HttpRequest outgoing(HttpRequest request, Exchange exchange) {
        java.net.http.HttpRequest.Builder outgoing = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofString(request.body()))
                .header(TASK, Long.toString(exchange.task()))
                .header(ATTEMPT, Integer.toString(exchange.attempt()));
        request.headers().forEach((name, values) -> values.forEach(value -> outgoing.header(name, value)));
        return outgoing.build();
    }

    private static SuccessfulHttpResponse incoming(HttpResponse<byte[]> response, Exchange exchange) {
        byte[] body = response.body();
        exchange.read(body);
        if (response.statusCode() / 100 != 2) {
            throw new HttpException(response.statusCode(), exchange.told());
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(body)
                .build();
    }

    private CallBroken broken(Exchange exchange, Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            switch (e) {
                case CappedBody.TooLarge tooLarge -> {
                    return broken(
                            exchange, Trouble.ANSWER_TOO_LARGE, "longer than %d bytes".formatted(maxBytes), tooLarge);
                }
                case HttpConnectTimeoutException timeout -> {
                    return broken(exchange, Trouble.CONNECT, "no connection within " + connectTimeout, timeout);
                }
                case UnresolvedAddressException unresolved -> {
                    return broken(exchange, Trouble.CONNECT, "the host's name has no address", unresolved);
                }
                case SSLHandshakeException handshake -> {
                    return broken(exchange, Trouble.CONNECT, "TLS: " + handshake.getMessage(), handshake);
                }
                default -> {}
            }
        }
        Trouble trouble = cause instanceof ConnectException ? Trouble.CONNECT : Trouble.CONNECTION_LOST;
        return broken(exchange, trouble, cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }

    private static CallBroken broken(Exchange exchange, Trouble trouble, String detail, Throwable cause) {
        exchange.failed(trouble);
        return new CallBroken(detail, cause);
    }

    /// Nothing here streams: an answer is kept whole or not at all.
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are not streamed");
    }

    /// The wire failed; the [Exchange] knows how.
    static final class CallBroken extends RuntimeException {
        private static final long serialVersionUID = 1;

        CallBroken(String detail, Throwable cause) {
            super(detail, cause);
        }
    }
}
