package dev.rollcall.postcheck.news;

import dev.rollcall.message.Event;
import dev.rollcall.message.Wire;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/// Sends an event and waits for the broker's word, but not for long: what counts is in the ledger already, so a broker
/// that is away makes news late and never makes an answer fail.
@Singleton
public class Announcer {
    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final String SOURCE = "/rollcall/postcheck";

    private final Duration patience;

    Announcer(@ConfigProperty(name = "rollcall.postcheck.broker-wait") Duration patience) {
        this.patience = patience;
    }

    /// @return whether the broker acknowledged it in time; if not, the producer goes on trying for its own while
    public boolean tell(Emitter<byte[]> channel, Event event) {
        try {
            // told by the callback, so that a record given up long after the answer is in the log too
            CompletableFuture<Void> told = Wire.send(channel, SOURCE, event).whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.warnf("%s of %s was not sent: %s", event.type(), event.key(), failure);
                }
            });
            told.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.warnf("the broker did not acknowledge %s of %s within %s", event.type(), event.key(), patience);
            return false;
        } catch (ExecutionException e) {
            return false; // the callback has said so
        } catch (IllegalStateException e) {
            LOG.warnf("%s of %s could not be handed to the producer: %s", event.type(), event.key(), e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
