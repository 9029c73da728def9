package dev.rollcall.worker.provider;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// Collects a body as bytes and stops reading, by closing the connection, once it is longer than allowed. The JDK's
/// `BodySubscribers.limiting` does the same but fails with a plain IOException, which only its message tells apart
/// from a broken connection.
final class CappedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> bytes = java.net.http.HttpResponse.BodySubscribers.ofByteArray();
    private final int max;
    private int length;
    private @Nullable Subscription subscription;

    CappedBody(int max) {
        this.max = max;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        bytes.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
        if (length > max) {
            return;
        }
        for (ByteBuffer item : items) {
            // saturating: the sum of a burst could overflow
            length = (int) Math.min(Integer.MAX_VALUE, (long) length + item.remaining());
        }
        if (length <= max) {
            bytes.onNext(items);
            return;
        }
        if (subscription != null) {
            subscription.cancel();
        }
        bytes.onError(new TooLarge(max));
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        if (length <= max) {
            bytes.onComplete();
        }
    }

    /// The body is longer than allowed.
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(int max) {
            super("the answer is longer than %d bytes".formatted(max));
        }
    }
}
