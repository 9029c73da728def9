package dev.rollcall.trigger.news;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.message.Topics;
import dev.rollcall.testing.Backends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
@Timeout(90)
class NewsTest {
    private static final String UNBEARABLE = "unbearable";
    private static final Logger LOG = Logger.getLogger(News.class.getName());

    @Inject
    Ear ear;

    private final Errors errors = new Errors();
    private final KafkaProducer<String, byte[]> results = new KafkaProducer<>(
            Map.of("bootstrap.servers", Backends.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());

    @BeforeEach
    void listen() {
        LOG.addHandler(errors);
    }

    @AfterEach
    void leave() {
        LOG.removeHandler(errors);
        results.close();
    }

    @Test
    void whatAnObserverCanNotBearIsLoggedAndTheNextIsHeard() throws Exception {
        awaitHeard("before");
        RecordMetadata told = tell(UNBEARABLE);
        awaitHeard("after");
        assertThat(ear.heard).contains(UNBEARABLE);
        assertThat(errors.said)
                .anyMatch(line -> line.contains("%s-%d@".formatted(told.topic(), told.partition()))
                        && line.contains(Long.toString(told.offset())));
        given().get("/health/live").then().statusCode(200);
    }

    /// Tells it until it is heard: a replica hears what is told after its start.
    private void awaitHeard(String provider) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            tell(provider);
            return ear.heard.contains(provider);
        });
    }

    private RecordMetadata tell(String provider) throws Exception {
        String json = """
                {"ended": [{"task": 1, "day": "2026-11-21", "provider": "%s", "attempt": 1, "state": "succeeded"}]}
                """.formatted(provider);
        return results.send(new ProducerRecord<>(Topics.RESULTS, "1", json.getBytes(UTF_8)))
                .get();
    }

    @Singleton
    static class Ear {
        private final Set<String> heard = ConcurrentHashMap.newKeySet();

        void hear(@Observes Heard news) {
            news.ended().forEach(end -> heard.add(end.provider()));
            if (news.ended().stream().anyMatch(end -> end.provider().equals(UNBEARABLE))) {
                throw new IllegalStateException("this is too much");
            }
        }
    }

    private static final class Errors extends Handler {
        private final Set<String> said = ConcurrentHashMap.newKeySet();

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue() && entry instanceof ExtLogRecord line) {
                said.add(line.getFormattedMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
