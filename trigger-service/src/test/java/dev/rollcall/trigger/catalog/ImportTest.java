package dev.rollcall.trigger.catalog;

import static dev.rollcall.trigger.Caller.SECRET;
import static dev.rollcall.trigger.Caller.get;
import static dev.rollcall.trigger.Caller.knowing;
import static dev.rollcall.trigger.Caller.put;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class ImportTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());

    @BeforeEach
    void clean() {
        ledger.clean();
    }

    @Test
    void everyKindIsImportedAndListed() {
        counts(put("organizations", "id,name,active\nacme,Acme Inc.,true\nbird,Bird & Sön,false\n"), 2, 2, 0, 0);
        counts(put("prompts", "organization,id,text\nacme,p1,\"Who,\nand why?\"\nbird,p1,🐘\n"), 2, 2, 0, 0);
        counts(put("providers", """
                id,protocol,base_url,model,key_variable,concurrency
                p1,openai,http://127.0.0.1:9/v1,m1,,3
                p2,gemini,https://api.example.com,m2,GEMINI_KEY,
                """), 2, 2, 0, 0);

        get("/api/organizations")
                .then()
                .statusCode(200)
                .body("organizations.id", contains("acme", "bird"))
                .body("organizations.name", contains("Acme Inc.", "Bird & Sön"))
                .body("organizations.active", contains(true, false));
        get("/api/prompts")
                .then()
                .body("prompts.organization", contains("acme", "bird"))
                .body("prompts.text", contains("Who,\nand why?", "🐘"));
        get("/api/providers")
                .then()
                .body("providers.protocol", contains("openai", "gemini"))
                .body("providers.concurrency", contains(3, 8))
                .body("providers.keyVariable", contains(nullValue(), equalTo("GEMINI_KEY")))
                .body("providers.totalTimeoutMs", contains(120000, 120000));
    }

    @Test
    void theSameFileAgainChangesNothingAndTheCountsTellTheTruth() {
        put("organizations", "id,name\na,A\nb,B\nc,C\n").statusCode(200);
        counts(put("organizations", "id,name\na,A\nb,B\nc,C\n"), 3, 0, 0, 3);
        counts(put("organizations", "id,name,active\na,A,true\nb,Bee,true\nc,C,false\nd,D,\n"), 4, 1, 2, 1);

        put("prompts", "organization,id,text\na,1,x\nb,1,x\n").statusCode(200);
        counts(put("prompts", "organization,id,text,active\na,1,x,true\nb,1,y,true\na,2,x,false\n"), 3, 1, 1, 1);

        String provider = "id,protocol,base_url,model,key_variable\np1,openai,http://h/v1,m,%s\n";
        put("providers", provider.formatted("")).statusCode(200);
        counts(put("providers", provider.formatted("")), 1, 0, 0, 1);
        counts(put("providers", provider.formatted("A_KEY")), 1, 0, 1, 0);
        counts(put("providers", provider.formatted("")), 1, 0, 1, 0);
    }

    @Test
    void aFileWithOneBadLineIsNotImportedAtAll() {
        put("organizations", "id,name\na,A\nb b,B\nc,C\na,again\n")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", equalTo("Bad lines"))
                .body("errorCount", equalTo(2))
                .body("errors.line", contains(3, 5))
                .body("errors[0].message", containsString("id must be"))
                .body("errors[1].message", equalTo("organization a is on line 2 already"));
        get("/api/organizations").then().body("organizations", empty());
    }

    @Test
    void promptsOfAnUnknownOrganizationAreNamedAndNoneIsImported() {
        ledger.organization("acme");
        put("prompts", "organization,id,text\nacme,p1,x\nnobody,p1,x\nacme,p2,x\nnowhere,p1,x\n")
                .statusCode(400)
                .body("errors.line", contains(3, 5))
                .body("errors.message", contains("organization nobody is unknown", "organization nowhere is unknown"));
        get("/api/prompts").then().body("prompts", empty());
    }

    @Test
    void bytesThatAreNotUtf8AreNamedWithTheirLine() {
        put("organizations", "id,name\na,A\nb,Z\u00fcrich\n".getBytes(ISO_8859_1))
                .statusCode(400)
                .body("errors.line", contains(3));
        get("/api/organizations").then().body("organizations", empty());
    }

    @Test
    void aKeyInThePlaceOfItsNameIsNeverRepeated() {
        put("providers", "id,protocol,base_url,model,key_variable\np1,openai,http://h/v1,m,sk-secret-4711\n")
                .statusCode(400)
                .body("errors.line", contains(2))
                .body(not(containsString("4711")));
        put("providers", "p1,openai,http://h/v1,m,sk-secret-4711\n")
                .statusCode(400)
                .body(not(containsString("4711")));
    }

    @Test
    void hundredBadLinesAreNamedAndAllAreCounted() {
        put("organizations", "id,name\n" + "?,x\n".repeat(250))
                .statusCode(400)
                .body("errorCount", equalTo(250))
                .body("errors", hasSize(100));
    }

    @Test
    void aFileThatIsTooLargeIsRefused() {
        String file = IntStream.range(0, 20_000)
                .mapToObj(i -> "o" + i + ",Organization " + i)
                .collect(Collectors.joining("\n", "id,name\n", "\n"));
        put("organizations", file)
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("larger than 65536 bytes"));
        get("/api/organizations").then().body("organizations", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizations", "prompts", "providers"})
    void whoDoesNotKnowTheSecretImportsNothing(String kind) {
        knowing("a guess")
                .contentType("text/csv")
                .body("id,name\na,A\n")
                .put("/api/" + kind)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("detail", containsString("x-cron-secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizations", "prompts", "providers"})
    void jsonIsNotTakenForAFile(String kind) {
        knowing(SECRET)
                .contentType("application/json")
                .body("{}")
                .put("/api/" + kind)
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void aListIsAsLongAsAsked() {
        put("organizations", "id,name\nc,C\na,A\nb,B\n").statusCode(200);
        get("/api/organizations?limit=2").then().body("organizations.id", contains("a", "b"));
        for (String limit : new String[] {"0", "10001", "x", "-1"}) {
            get("/api/organizations?limit=" + limit)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("detail", containsString("limit must be"));
        }
    }

    @Test
    void twoImportsAtOnceDoNotLockEachOtherOut() throws InterruptedException {
        String up = IntStream.range(0, 2_000).mapToObj(i -> "o" + i + ",up").collect(Collectors.joining("\n"));
        String down = IntStream.range(0, 2_000)
                .mapToObj(i -> "o" + (1_999 - i) + ",down")
                .collect(Collectors.joining("\n"));
        for (int round = 0; round < 5; round++) {
            int[] statuses = new int[2];
            Thread one = Thread.ofVirtual().start(() -> statuses[0] = status(up));
            Thread two = Thread.ofVirtual().start(() -> statuses[1] = status(down));
            one.join();
            two.join();
            assertThat(statuses).containsExactly(200, 200);
        }
    }

    private static int status(String rows) {
        return put("organizations", "id,name\n" + rows).extract().statusCode();
    }

    private static void counts(ValidatableResponse answer, int rows, int created, int updated, int unchanged) {
        answer.statusCode(200)
                .body("rows", equalTo(rows))
                .body("created", equalTo(created))
                .body("updated", equalTo(updated))
                .body("unchanged", equalTo(unchanged));
    }
}
