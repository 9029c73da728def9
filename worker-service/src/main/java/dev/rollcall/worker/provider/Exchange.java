package dev.rollcall.worker.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was seen on the wire during one call. LangChain4j hides a failing response's headers and folds statuses into
/// exceptions, so the HTTP client notes here what really came. Reached through [#CURRENT] by the thread that calls.
final class Exchange {
    static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();
    /// More of an error's body is of no use to anyone.
    private static final int MAX_TOLD = 2048;

    /// How the wire failed us.
    enum Trouble {
        CONNECT,
        TIMEOUT,
        CONNECTION_LOST,
        ANSWER_TOO_LARGE,
        INTERRUPTED
    }

    private final long task;
    private final int attempt;
    private final Instant startedAt;
    // written by the client's own thread, and read here even when the body never ended
    private volatile @Nullable ResponseInfo head;
    private byte @Nullable [] body;
    private @Nullable Trouble trouble;

    Exchange(long task, int attempt, Instant startedAt) {
        this.task = task;
        this.attempt = attempt;
        this.startedAt = startedAt;
    }

    long task() {
        return task;
    }

    int attempt() {
        return attempt;
    }

    Instant startedAt() {
        return startedAt;
    }

    void answered(ResponseInfo info) {
        head = info;
    }

    void read(byte[] bytes) {
        body = bytes;
    }

    void failed(Trouble how) {
        trouble = how;
    }

    @Nullable
    Trouble trouble() {
        return trouble;
    }

    @Nullable
    Integer status() {
        ResponseInfo seen = head;
        return seen == null ? null : seen.statusCode();
    }

    @Nullable
    String header(String name) {
        ResponseInfo seen = head;
        HttpHeaders headers = seen == null ? null : seen.headers();
        return headers == null ? null : headers.firstValue(name).orElse(null);
    }

    /// The beginning of the body, for people; empty when none was read to its end.
    String told() {
        byte[] bytes = body;
        return bytes == null ? "" : new String(bytes, 0, Math.min(bytes.length, MAX_TOLD), UTF_8);
    }

    byte @Nullable [] body() {
        return body;
    }
}
