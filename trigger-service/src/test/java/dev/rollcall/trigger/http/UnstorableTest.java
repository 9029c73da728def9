package dev.rollcall.trigger.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class UnstorableTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.organization("acme");
        ledger.rows("acme", "p1").rows(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, queues/%00",
        "POST, queues/%00/pause",
        "GET, batch/1/rows?provider=%00",
        "GET, batch?organization=%00",
        "GET, keys?organization=%00",
        "GET, keys?cursor=%00",
        "DELETE, keys/%00",
        "GET, audit?organization=%00",
        "PUT, signing-secret?organization=%00",
        "GET, runs/%00",
        "GET, runs/1/organizations/%00",
    })
    void textThatPostgresqlCanNotKeepIs400(Method method, String path) {
        given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + TestKeys.OPERATOR)
                .request(method, "/api/" + path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("NUL"));
    }
}
