package dev.rollcall.trigger.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.testing.Backends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.WebApplicationException;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class SubmissionsTest {
    private static final int EACH = 12;

    @Inject
    Submissions submissions;

    private JobApi api = JobApi.begin();
    private final Map<String, List<Object>> answers = new ConcurrentHashMap<>();

    @BeforeEach
    void begin() {
        api = JobApi.begin();
        answers.clear();
    }

    @Test
    void whatComesWhileOthersAreWrittenIsWrittenTogether() throws InterruptedException {
        submit("first", JobApi.SLEEP);
        List<Thread> asking;
        try (Handle gate = api.owner().open()) {
            gate.begin();
            gate.execute("select from batch for update");
            asking = ask();
            await().until(() -> asking.stream()
                            .filter(thread -> thread.getState() == Thread.State.WAITING)
                            .count()
                    == asking.size() - 1);
            gate.commit();
        }
        for (Thread thread : asking) {
            thread.join();
        }
        assertThat(answers.get("plain")).hasSize(EACH).doesNotHaveDuplicates();
        assertThat(answers.get("keyed")).hasSize(EACH);
        assertThat(answers.get("keyed").stream().distinct()).hasSize(EACH / 2);
        assertThat(answers.get("bad")).hasSize(EACH).allSatisfy(failure -> assertThat(failure)
                .isInstanceOf(BadRequestException.class));
        assertThat(api.count("task")).isEqualTo(1 + EACH + EACH / 2);
        assertThat(api.count("idempotency")).isEqualTo(EACH / 2);
        assertThat(api.numbers("select planned from batch")).containsExactly(1L + EACH + EACH / 2);
        assertThat(api.numbers("select count(distinct xmin::text) from item").getFirst())
                .as("transactions: the first, the one that waited, the rest")
                .isLessThanOrEqualTo(3);
    }

    private List<Thread> ask() {
        List<Thread> asking = new ArrayList<>();
        for (int n = 0; n < EACH; n++) {
            String key = "twice-" + n % (EACH / 2);
            asking.add(Thread.ofPlatform().start(() -> submit("plain", JobApi.SLEEP)));
            asking.add(Thread.ofPlatform().start(() -> submit("keyed", """
                    {"type": "sleep", "payload": {"millis": 5}, "idempotencyKey": "%s"}""".formatted(key))));
            asking.add(Thread.ofPlatform().start(() -> submit("bad", """
                    {"type": "prompt", "payload": {"provider": "nobody", "prompt": "Why?"}}""")));
        }
        return asking;
    }

    private void submit(String kind, String body) {
        JobRequest request = JobRequest.of(
                JobJson.read(new ByteArrayInputStream(body.getBytes(UTF_8)), body.length()), null, Instant.now());
        Object answer;
        try {
            answer = submissions.submit("acme", request).job();
        } catch (WebApplicationException refused) {
            answer = refused;
        }
        answers.computeIfAbsent(kind, any -> java.util.Collections.synchronizedList(new ArrayList<>()))
                .add(answer);
    }
}
