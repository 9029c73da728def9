package dev.rollcall.trigger.batch.rows;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class RowsTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private String key = "";

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.organization("acme");
        key = TestKeys.of("acme", "read");
    }

    @Test
    void aRowSaysWhatItHoldsAndWhatBecameOfIt() {
        ledger.rows("acme", "p1", "p2")
                .columns("title", "text")
                .row("A", "über \"x\"")
                .rows(2)
                .ended("p1", 0, 1, "failed")
                .ended("p1", 1, 2, "pending")
                .ended("p1", 2, 3, "succeeded");
        rows("?provider=p1")
                .body("items.row", contains(0, 1, 2))
                .body("items.state", contains("failed", "pending", "succeeded"))
                .body("items.attempts", contains(1, 1, 1))
                .body("items.reason", contains("test", "test", null))
                .body("items.detail", contains("detail 0", "detail 1", null))
                .body("items[0].cells.title", equalTo("A"))
                .body("items[0].cells.text", equalTo("über \"x\""))
                .body("items[1].cells.text", equalTo("text 1"))
                .body("$", not(hasKey("next")));
        rows("?provider=p2&limit=1").body("items[0].attempts", equalTo(0)).body("items[0].reason", nullValue());
    }

    @Test
    void pagesFollowTheRowsAcrossProviders() {
        ledger.rows("acme", "p1", "p2").rows(7);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            var page = rows("?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .extract();
            List<Integer> numbers = page.path("items.row");
            List<String> providers = page.path("items.provider");
            for (int i = 0; i < numbers.size(); i++) {
                seen.add(numbers.get(i) + providers.get(i));
            }
            String next = page.path("next");
            cursor = next == null ? "" : next;
        } while (!cursor.isEmpty());
        assertThat(seen)
                .containsExactly(
                        "0p1", "0p2", "1p1", "1p2", "2p1", "2p2", "3p1", "3p2", "4p1", "4p2", "5p1", "5p2", "6p1",
                        "6p2");
    }

    @Test
    void aPageMayHoldOneStateOnly() {
        ledger.rows("acme", "p1").rows(100).ended("p1", 40, 43, "failed");
        var first = rows("?state=failed&limit=2")
                .body("items.row", contains(40, 41))
                .extract();
        rows("?state=failed&limit=2&cursor=" + first.<String>path("next")).body("items.row", contains(42));
        rows("?state=cancelled").body("items", empty());
        rows("?state=pending").body("items", hasSize(97));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?state=lost", "?cursor=x", "?limit=0"})
    void whatCannotBeMeantIsRefused(String query) {
        ledger.rows("acme", "p1").rows(1);
        get("/1/rows" + query).statusCode(400);
    }

    @Test
    void anotherOrganizationsRowsAreUnknown() {
        ledger.organization("bird");
        ledger.rows("bird", "p1").rows(1);
        get("/1/rows").statusCode(404).body("detail", equalTo("no batch \"1\""));
        get("/1/results").statusCode(404).body("detail", equalTo("no batch \"1\""));
        get("/1/events").statusCode(404).body("detail", equalTo("no batch \"1\""));
        get("/2/events").statusCode(404).body("detail", equalTo("no batch \"2\""));
    }

    private ValidatableResponse rows(String query) {
        return get("/1/rows" + query).statusCode(200);
    }

    private ValidatableResponse get(String path) {
        return given().header("Authorization", "Bearer " + key)
                .get("/api/batch" + path)
                .then();
    }
}
