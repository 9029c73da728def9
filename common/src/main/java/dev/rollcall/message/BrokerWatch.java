package dev.rollcall.message;

import dev.rollcall.process.VitalThread;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Says once when Kafka is away, and once when it is back. The clients try on by themselves, and say it many times a
/// second, so they are kept quiet. What is asked is what `/health/ready` answers.
@ApplicationScoped
class BrokerWatch {
    private static final Logger LOG = Logger.getLogger(BrokerWatch.class);
    private static final int LOOK_EVERY_SECONDS = 3;

    private final HealthCenter health;
    private final String bootstrap;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean away;

    BrokerWatch(HealthCenter health, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap) {
        this.health = health;
        this.bootstrap = bootstrap;
    }

    void start(@Observes StartupEvent event) {
        VitalThread.named("broker-watch", this::loop).start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void loop() {
        try {
            while (!stopped.await(LOOK_EVERY_SECONDS, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        boolean ready = health.getReadiness().isOk();
        if (ready == away) {
            away = !ready;
            if (away) {
                LOG.warnf("Kafka at %s does not answer: hints and news wait for it", bootstrap);
            } else {
                LOG.infof("Kafka at %s answers again", bootstrap);
            }
        }
    }
}
