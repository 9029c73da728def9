package dev.rollcall.trigger.dispatch;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/// Hears on the topics that work ended or a repair was asked, and wakes the dispatcher. The news is read from the
/// ledger, not from the record: so an unreadable or a lost one does no harm.
@ApplicationScoped
class News {
    private final Dispatcher dispatcher;

    News(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Incoming("results")
    @NonBlocking
    CompletionStage<Void> ended(Message<List<byte[]>> batch) {
        return heard(batch);
    }

    @Incoming("runs")
    @NonBlocking
    CompletionStage<Void> asked(Message<List<byte[]>> batch) {
        return heard(batch);
    }

    private CompletionStage<Void> heard(Message<List<byte[]>> batch) {
        dispatcher.wake();
        CompletableFuture<Void> done = batch.ack().toCompletableFuture();
        return done;
    }
}
