package dev.rollcall.trigger.access;

import static dev.rollcall.trigger.Caller.SECRET;
import static dev.rollcall.trigger.Caller.knowing;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RateTest.OneASecond.class)
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class RateTest {
    public static class OneASecond implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rollcall.api.requests-per-second", "1");
        }
    }

    @Test
    void aKeyThatAsksTooMuchIs429AndIsToldWhenToComeBackAndNobodyElseIs() {
        LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource()).clean();
        ledger.organization("acme");
        String key = TestKeys.of("acme", "operate");
        Response refused = Stream.generate(() -> ask(key))
                .limit(100)
                .filter(answer -> answer.statusCode() != 200)
                .findFirst()
                .orElseThrow(() -> new AssertionError("100 requests and no limit"));
        refused.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("detail", containsString("1 times a second (rollcall.api.requests-per-second)"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
        ask(TestKeys.of("acme", "operate")).then().statusCode(200);
        Stream.generate(() -> knowing(SECRET).get("/api/runs")).limit(5).forEach(answer -> answer.then()
                .statusCode(200));
        ask(key + "x").then().statusCode(401);
    }

    private static Response ask(String key) {
        return given().header("Authorization", "Bearer " + key).get("/api/keys");
    }
}
