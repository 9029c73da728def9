package dev.rollcall.trigger.access;

import static dev.rollcall.trigger.access.Case.foreign;
import static dev.rollcall.trigger.access.Case.list;
import static dev.rollcall.trigger.access.Case.operators;
import static dev.rollcall.trigger.access.Case.own;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls every endpoint that the OpenAPI document names with the key of one organization and the ids of another. A new
/// endpoint needs a line in [#CASES].
@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class IsolationTest {
    private static final List<Case> CASES = List.of(
            operators("GET /api/runs"),
            operators("POST /api/runs").at("/api/runs?day=2026-11-20&force=true"),
            operators("GET /api/runs/{id}").at("/api/runs/{run}"),
            operators("GET /api/runs/{id}/organizations/{organization}").at("/api/runs/{run}/organizations/acme"),
            operators("GET /api/history"),
            operators("GET /api/organizations"),
            operators("PUT /api/organizations").sending("text/csv", "id,name\nacme,taken\n"),
            operators("GET /api/prompts"),
            operators("PUT /api/prompts").sending("text/csv", "organization,id,text\nacme,p,taken\n"),
            operators("GET /api/providers"),
            operators("PUT /api/providers")
                    .sending("text/csv", "id,protocol,base_url,model\np9,openai,http://127.0.0.1:9,m\n"),
            list("GET /api/keys"),
            own("POST /api/keys").json("{\"name\":\"mine\",\"scopes\":[\"read\"]}"),
            foreign("DELETE /api/keys/{id}").at("/api/keys/{key}"),
            own("PUT /api/signing-secret"),
            list("GET /api/audit"),
            own("POST /api/batch").json("{\"prompt\":\"{{a}}\",\"providers\":[\"p1\"],\"rows\":[{\"a\":\"1\"}]}"),
            list("GET /api/batch"),
            foreign("GET /api/batch/{id}").at("/api/batch/{batch}"),
            foreign("GET /api/batch/{id}/rows").at("/api/batch/{batch}/rows"),
            foreign("GET /api/batch/{id}/results").at("/api/batch/{batch}/results"),
            foreign("GET /api/batch/{id}/events").at("/api/batch/{batch}/events"),
            foreign("PATCH /api/batch/{id}").at("/api/batch/{batch}").json("{\"action\":\"pause\"}"),
            foreign("DELETE /api/batch/{id}").at("/api/batch/{batch}"),
            own("POST /api/jobs").json("{\"type\":\"sleep\",\"payload\":{\"millis\":1}}"),
            list("GET /api/jobs"),
            foreign("GET /api/jobs/{id}").at("/api/jobs/{job}"),
            foreign("POST /api/jobs/{id}/cancel").at("/api/jobs/{job}/cancel"),
            foreign("POST /api/jobs/{id}/retry").at("/api/jobs/{failedJob}/retry"),
            own("POST /api/jobs/bulk").json("{\"action\":\"cancel\",\"filter\":{\"status\":\"pending\"}}"),
            own("POST /api/jobs/process").json("{\"jobTypes\":[\"http\"],\"limit\":10}"),
            own("GET /api/queues"),
            own("GET /api/queues/{name}").at("/api/queues/p1"),
            operators("PATCH /api/queues/{name}").at("/api/queues/p1").json("{}"),
            operators("POST /api/queues/{name}/pause").at("/api/queues/p1/pause"),
            operators("POST /api/queues/{name}/resume").at("/api/queues/p1/resume"));

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final Jdbi owner = Ledger.over(Backends.adminDataSource());
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Tables tables = new Tables(owner);

    @Test
    void everyEndpointHasACaseAndNoCaseIsOfThePast() throws IOException, InterruptedException {
        List<String> cases = CASES.stream().map(Case::operation).toList();
        assertThat(cases).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(cases)).as("CASES, and what /openapi says").isEqualTo(operations());
    }

    @Test
    void everyEndpointNamesTheSecuritySchemeThatItWants() throws IOException, InterruptedException {
        JsonNode document = document();
        assertThat(document.at("/components/securitySchemes/key/scheme").asText())
                .isEqualTo("bearer");
        SoftAssertions each = new SoftAssertions();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (!METHODS.contains(operation.getKey())) {
                    continue;
                }
                each.assertThat(operation.getValue().at("/security/0").has("key"))
                        .as(operation.getKey() + " " + path.getKey())
                        .isTrue();
            }
        }
        each.assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/metrics", "/openapi"})
    void whatWatchesTheServiceNeedsNoKey(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(OK);
    }

    @Test
    void whoHasNoKeyGetsInNowhere() throws IOException, InterruptedException {
        SoftAssertions each = new SoftAssertions();
        Tenant acme = twoTenants().getFirst();
        for (Case one : CASES) {
            Answer answer = call(one, one.address(acme), null);
            each.assertThat(answer.status()).as(one.operation()).isEqualTo(UNAUTHORIZED);
            each.assertThat(answer.type()).as(one.operation()).startsWith("application/problem+json");
        }
        each.assertAll();
    }

    @Test
    void whatIsOneOrganizationsIsNoOthers() throws IOException, InterruptedException {
        SoftAssertions each = new SoftAssertions();
        for (Case one : CASES) {
            List<Tenant> tenants = twoTenants();
            Tenant acme = tenants.getFirst();
            Tenant bird = tenants.getLast();
            Map<String, List<String>> before = tables.allBut("bird");
            String plain = one.address(acme);
            String naming = plain + (plain.contains("?") ? "&" : "?") + "organization=acme";
            for (String address : List.of(plain, naming)) {
                Answer answer = call(one, address, bird.key());
                String what = "%s %s answered %s".formatted(one.method(), address, answer);
                each.assertThat(isRight(one, answer.status(), address.equals(naming)))
                        .as(what)
                        .isTrue();
                each.assertThat(answer.body()).as(what).doesNotContain(acme.mark());
            }
            tables.allBut("bird").forEach((table, after) -> each.assertThat(after)
                    .as("%s changed %s", one.operation(), table)
                    .isEqualTo(before.get(table)));
            // who may do it can: else the refusals above would prove nothing
            Answer answer = call(one, plain, one.kind() == Case.Kind.OPERATORS ? TestKeys.OPERATOR : acme.key());
            each.assertThat(answer.status() / 100)
                    .as("%s by its owner: %s", one.operation(), answer)
                    .isEqualTo(2);
            if (one.kind() == Case.Kind.LIST) {
                each.assertThat(answer.body()).as(one.operation()).contains(acme.mark());
            }
        }
        each.assertAll();
    }

    private static boolean isRight(Case one, int status, boolean naming) {
        return (naming && status == FORBIDDEN)
                || switch (one.kind()) {
                    case OPERATORS -> status == FORBIDDEN;
                    case FOREIGN -> status == NOT_FOUND || status == FORBIDDEN;
                    case LIST -> status == OK;
                    case OWN -> status / 100 == 2;
                };
    }

    private List<Tenant> twoTenants() {
        ledger.clean();
        ledger.provider("p1");
        return List.of(Tenant.settle(owner, "acme"), Tenant.settle(owner, "bird"));
    }

    private Set<String> operations() throws IOException, InterruptedException {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document().get("paths").properties()) {
            path.getValue().properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(METHODS::contains)
                    .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        return operations;
    }

    private JsonNode document() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri("/openapi?format=json")).build();
        return new ObjectMapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    private static URI uri(String address) {
        return URI.create("http://localhost:%d%s".formatted(RestAssured.port, address));
    }

    private record Answer(int status, String type, String body) {}

    /// An answer that is a stream without end is read as far as it has come.
    private Answer call(Case one, String address, @Nullable String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(address))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", one.contentType())
                .method(
                        one.method(),
                        one.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(one.body()));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        String type = response.headers().firstValue("content-type").orElse("");
        try (InputStream body = response.body()) {
            byte[] bytes =
                    type.startsWith("text/event-stream") ? body.readNBytes(body.available()) : body.readAllBytes();
            return new Answer(response.statusCode(), type, new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
