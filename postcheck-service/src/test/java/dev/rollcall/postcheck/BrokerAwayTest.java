package dev.rollcall.postcheck;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BrokerAway.class)
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_postcheck"))
class BrokerAwayTest {
    @BeforeEach
    void emptyLedger() {
        new LedgerFixture(Backends.adminDataSource()).clean();
    }

    @Test
    void theVerdictIsGivenAndKeptWithoutABroker() {
        Night.open(Night.DAY, 1, 1, 1, "openai");
        postcheck("").body("summary.overallHealth", equalTo("HEALTHY")).body("announced", equalTo(false));
        assertThat(Night.count("scheduler_runs where status = 'HEALTHY'")).isOne();
    }

    @Test
    void aRepairThatNobodyServedInTimeStaysAskedForAndIsNotAskedForTwice() {
        Night.open(Night.DAY, 1, 1, 1, "openai").task("org-01", "p1", "openai", "failed", 5, "exhausted");
        for (int time = 0; time < 2; time++) {
            postcheck("?repair=true")
                    .body("repair.asked", equalTo(true))
                    .body("repair.done", equalTo(false))
                    .body("repair.madeDue", nullValue())
                    .body("repair.note", containsString("broker is away"))
                    .body("repair.attempts", hasSize(1));
        }
        Night.serveRepairs(1, 0);
        postcheck("").body("repair.attempts[0].madeDue", equalTo(1));
    }

    private static io.restassured.response.ValidatableResponse postcheck(String query) {
        return given().header("x-cron-secret", TestSettings.SECRET)
                .post("/api/postcheck" + query)
                .then()
                .statusCode(200);
    }
}
