package dev.rollcall.trigger.history;

import static dev.rollcall.trigger.Caller.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.rollcall.ledger.History;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class HistoryTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    @Inject
    History history;

    @BeforeEach
    void threeEntries() {
        new LedgerFixture(Backends.adminDataSource()).clean();
        history.record("trigger", "daily:1", "opened", START, START.plusSeconds(1), Map.of("run", 7));
        history.record("postcheck", "daily:1", "healthy", START.plusSeconds(2), START.plusSeconds(3), Map.of());
        history.record("trigger", "daily:2", "opened", START.plusSeconds(4), START.plusSeconds(5), Map.of());
    }

    @Test
    void theNewestComesFirst() {
        get("/api/history").then().statusCode(200).body("entries.id", contains(3, 2, 1));
        get("/api/history?limit=2").then().body("entries.id", contains(3, 2));
        get("/api/history?function=trigger").then().body("entries.runKey", contains("daily:2", "daily:1"));
    }

    @Test
    void anEntryIsToldWhole() {
        get("/api/history?function=trigger")
                .then()
                .body("entries[1].function", equalTo("trigger"))
                .body("entries[1].status", equalTo("opened"))
                .body("entries[1].startedAt", equalTo("2026-11-20T08:00:00Z"))
                .body("entries[1].completedAt", equalTo("2026-11-20T08:00:01Z"))
                .body("entries[1].result.run", equalTo(7));
    }

    @Test
    void aFunctionThatDoesNotExistIsRefused() {
        get("/api/history?function=worker")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("trigger, reconciler, postcheck"));
    }
}
