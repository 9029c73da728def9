package dev.rollcall.trigger.access;

import static dev.rollcall.trigger.access.TestKeys.OPERATOR;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class KeysTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());

    @BeforeEach
    void twoOrganizations() {
        ledger.clean();
        ledger.organization("acme");
        ledger.organization("bird");
    }

    @Test
    void aKeyIsShownOnceAndLetsItsOwnerIn() {
        String key = make(with(OPERATOR), "?organization=acme", "{\"name\":\"ci\",\"scopes\":[\"operate\",\"read\"]}")
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", matchesPattern(".*/api/keys/[a-z0-9]{12}"))
                .body("key", matchesPattern("rc_[a-z0-9]{12}_[A-Za-z0-9_-]{43}"))
                .extract()
                .path("key");
        with(key)
                .get("/api/keys")
                .then()
                .statusCode(200)
                .body("items.keyId", contains(key.split("_")[1]))
                .body("items.organization", contains("acme"))
                .body("items.name", contains("ci"))
                .body("items[0].scopes", contains("operate", "read"))
                .body("items.createdBy", contains("operator"))
                .body("items[0].createdAt", endsWith("Z"))
                .body("items[0].expiresAt", nullValue())
                .body("next", nullValue())
                .body(not(containsString(key.substring(16))));
    }

    @Test
    void noSecretIsInTheLedger() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            String key = keyId(OPERATOR, "?organization=acme").path("key");
            made.add(key.substring(16));
        }
        assertThat(made).hasSize(3);
        String rows = owner.withHandle(handle -> handle.createQuery(
                        "select string_agg(k::text || encode(secret_hash, 'escape'), ' ') from api_key k")
                .mapTo(String.class)
                .one());
        assertThat(made).noneMatch(rows::contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer nonsense",
                "Bearer rc_operator_a-key-for-tests-of-forty-characters-or-les",
                "Bearer rc_nobody_a-key-for-tests-of-forty-characters-or-more",
                "Basic b3BlcmF0b3I6b3BlcmF0b3I="
            })
    void whoHasNoKeyIs401AndIsToldWhatToSend(String authorization) {
        RequestSpecification request =
                authorization.isEmpty() ? given() : given().header("Authorization", authorization);
        refused(request.get("/api/keys"));
    }

    @Test
    void aWrongSecretOfAKnownKeyIs401() {
        String key = TestKeys.of("acme", "operate");
        with(key).get("/api/keys").then().statusCode(200);
        refused(with(key.substring(0, key.length() - 1) + "_").get("/api/keys"));
    }

    @Test
    void aLedgerThatIsAwayIs503AndSaysNothingOfTheKey() {
        String key = TestKeys.of("acme", "operate");
        owner.useHandle(handle -> {
            handle.execute("""
                    create or replace function gone() returns boolean language plpgsql as
                    $$ begin raise exception 'gone' using errcode = 'cannot_connect_now'; end $$
                    """);
            handle.execute("alter policy services on api_key using (gone())");
        });
        try {
            with(key)
                    .get("/api/keys")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "5");
        } finally {
            owner.useHandle(handle -> {
                handle.execute("alter policy services on api_key using (true)");
                handle.execute("drop function gone()");
            });
        }
        with(key).get("/api/keys").then().statusCode(200);
    }

    @Test
    void anExpiredKeyIs401() {
        String key = make(
                        with(OPERATOR),
                        "?organization=acme",
                        "{\"name\":\"x\",\"scopes\":[\"operate\"],\"expiresAt\":\"2999-01-01T00:00:00Z\"}")
                .statusCode(201)
                .extract()
                .path("key");
        with(key).get("/api/keys").then().statusCode(200).body("items.expiresAt", contains("2999-01-01T00:00:00Z"));
        owner.useHandle(handle -> handle.execute("update api_key set expires_at = clock_timestamp()"));
        refused(with(key).get("/api/keys"));
    }

    @Test
    void aRevocationCountsAtTheVeryNextRequest() {
        String key = TestKeys.of("acme", "operate");
        with(key).get("/api/keys").then().statusCode(200);
        with(key).delete("/api/keys/" + key.split("_")[1]).then().statusCode(204);
        refused(with(key).get("/api/keys"));
        with(OPERATOR).delete("/api/keys/" + key.split("_")[1]).then().statusCode(204);
        with(OPERATOR).get("/api/keys").then().body("items[0].revokedAt", notNullValue());
        with(OPERATOR).get("/api/audit").then().body("items.what", contains("key.revoke"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "write"})
    void aKeyWithoutTheScopeIs403(String scope) {
        with(TestKeys.of("acme", scope))
                .get("/api/keys")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("scope"));
    }

    @Test
    void aKeyGivesNoMoreThanItHas() {
        String key = TestKeys.of("acme", "operate", "read");
        make(with(key), "", "{\"name\":\"x\",\"scopes\":[\"read\"]}").statusCode(201);
        make(with(key), "", "{\"name\":\"x\",\"scopes\":[\"read\",\"write\"]}")
                .statusCode(403)
                .body("detail", containsString("lacks write"));
        make(with(key), "?organization=bird", "{\"name\":\"x\",\"scopes\":[\"read\"]}")
                .statusCode(403)
                .body("detail", containsString("another organization"));
        make(with(key), "", "{\"name\":\"x\",\"scopes\":[\"operator\"]}").statusCode(400);
        with(OPERATOR).get("/api/keys?organization=bird").then().body("items", empty());
    }

    @Test
    void anOperatorSaysForWhom() {
        String wish = "{\"name\":\"x\",\"scopes\":[\"read\"]}";
        make(with(OPERATOR), "", wish).statusCode(400).body("detail", containsString("?organization="));
        make(with(OPERATOR), "?organization=nobody", wish)
                .statusCode(404)
                .body("detail", equalTo("no organization \"nobody\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"scopes\":[\"read\"]}",
                "{\"name\":\" \",\"scopes\":[\"read\"]}",
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"scopes\":[]}",
                "{\"name\":\"x\",\"scopes\":[null]}",
                "{\"name\":\"x\",\"scopes\":[\"all\"]}",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"2000-01-01T00:00:00Z\"}",
                "{\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"tomorrow\"}"
            })
    void whatCanNotBeMeantIs400(String wish) {
        make(with(OPERATOR), "?organization=acme", wish).statusCode(400).contentType("application/problem+json");
        with(OPERATOR).get("/api/keys").then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = ';',
            value = {
                "name; {\"name\":\"a\\u0000\",\"scopes\":[\"read\"]}",
                "name; {\"name\":\"a\\ud800\",\"scopes\":[\"read\"]}",
                "expiresAt; {\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"+300000-01-01T00:00:00Z\"}",
                "expiresAt; {\"name\":\"x\",\"scopes\":[\"read\"],\"expiresAt\":\"+999999999-01-01T00:00:00Z\"}"
            })
    void whatCanNotBeKeptIs400AndNamed(String field, String wish) {
        make(with(OPERATOR), "?organization=acme", wish).statusCode(400).body("detail", startsWith(field + " must "));
        with(OPERATOR).get("/api/keys").then().body("items", empty());
    }

    @Test
    void anotherOrganizationsKeyIsAsUnknownAsNone() {
        String key = TestKeys.of("acme", "operate");
        String id = TestKeys.of("bird", "operate").split("_")[1];
        with(key).delete("/api/keys/" + id).then().statusCode(404).body("detail", equalTo("no key \"" + id + "\""));
        with(key).delete("/api/keys/nobody").then().statusCode(404).body("detail", equalTo("no key \"nobody\""));
        with(key).get("/api/keys").then().body("items.organization", contains("acme"));
        with(OPERATOR).get("/api/keys").then().body("items.revokedAt", not(hasItem(notNullValue())));
    }

    @Test
    void listsComeInParts() {
        String key = TestKeys.of("acme", "operate");
        for (int i = 0; i < 4; i++) {
            keyId(key, "");
        }
        for (String list : List.of("keys", "audit")) {
            Set<String> seen = new HashSet<>();
            String cursor = "";
            int parts = 0;
            while (cursor != null) {
                Response part = with(key).get("/api/" + list + "?limit=2" + cursor);
                seen.addAll(part.jsonPath().getList(list.equals("keys") ? "items.keyId" : "items.id"));
                cursor = part.path("next") == null ? null : "&cursor=" + part.path("next");
                parts++;
            }
            assertThat(seen).as(list).hasSize(list.equals("keys") ? 5 : 4);
            assertThat(parts).as(list).isEqualTo(list.equals("keys") ? 3 : 2);
        }
        with(key).get("/api/audit?cursor=x").then().statusCode(400).body("detail", containsString("cursor"));
    }

    @Test
    void theSigningSecretIsShownOnceAndReplaced() {
        String key = TestKeys.of("acme", "operate");
        Response first = with(key).put("/api/signing-secret");
        first.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}="));
        String second = with(key).put("/api/signing-secret").path("secret");
        assertThat(second).isNotEqualTo(first.<String>path("secret"));
        with(OPERATOR).put("/api/signing-secret?organization=bird").then().statusCode(200);
        assertThat(owner.<String, RuntimeException>withHandle(
                        handle -> handle.createQuery("select secret from signing_secret where organization = 'acme'")
                                .mapTo(String.class)
                                .one()))
                .isEqualTo(second);
        with(key)
                .get("/api/audit")
                .then()
                .body("items.what", contains("signing-secret.set", "signing-secret.set"))
                .body("items.result", contains("rotated", "made"))
                .body("items.who", contains(key.split("_")[1], key.split("_")[1]));
    }

    @Test
    void anOrganizationSeesItsOwnAuditAndAnOperatorAllOfIt() {
        String key = TestKeys.of("acme", "operate");
        String made = keyId(OPERATOR, "?organization=bird").path("keyId");
        keyId(key, "");
        with(key).get("/api/audit").then().body("items.organization", contains("acme"));
        with(OPERATOR)
                .get("/api/audit")
                .then()
                .body("items.organization", contains("acme", "bird"))
                .body("items.who", contains(key.split("_")[1], "operator"))
                .body("items[1].target", equalTo(made))
                .body("items[1].result", equalTo("read"));
        with(OPERATOR).get("/api/audit?organization=bird").then().body("items.organization", contains("bird"));
        with(key).get("/api/audit?organization=bird").then().statusCode(403);
    }

    private static void refused(Response answer) {
        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("detail", containsString("key"));
    }

    private static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    private static ValidatableResponse make(RequestSpecification caller, String query, String wish) {
        return caller.contentType("application/json")
                .body(wish)
                .post("/api/keys" + query)
                .then();
    }

    private static Response keyId(String key, String query) {
        return make(with(key), query, "{\"name\":\"x\",\"scopes\":[\"read\"]}".replace("read", scopeOf(key)))
                .statusCode(201)
                .extract()
                .response();
    }

    private static String scopeOf(String key) {
        return key.equals(OPERATOR) ? "read" : "operate";
    }
}
