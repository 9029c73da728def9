package dev.rollcall.trigger.intake;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// One organization that sends batches for one provider, and the ledger seen from outside.
final class IntakeRig {
    static final String ROWS = "title,name\nDune,Ada\nEmma,Bo\n";
    private final Jdbi jdbi = Ledger.over(Backends.adminDataSource());
    final String key;

    IntakeRig() {
        LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
        ledger.clean();
        ledger.organization("acme");
        ledger.organization("bird");
        ledger.provider("p1");
        key = TestKeys.of("acme", "write");
    }

    static RequestSpecification with(String key) {
        return given().urlEncodingEnabled(false)
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Authorization", "Bearer " + key);
    }

    /// Sends rows for the prompt `x`.
    Response csv(String rows) {
        return with(key).contentType("text/csv").body(rows.getBytes(UTF_8)).post("/api/batch?prompt=x&provider=p1");
    }

    /// As above, under a key of the sender's own.
    Response csv(String idempotencyKey, String query, String rows) {
        return with(key)
                .header("Idempotency-Key", idempotencyKey)
                .contentType("text/csv")
                .body(rows.getBytes(UTF_8))
                .post("/api/batch?" + query);
    }

    List<String> texts(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    void execute(String sql) {
        jdbi.useHandle(handle -> handle.execute(sql));
    }

    void requireBatches(int count) {
        assertThat(texts("""
                        select (select count(*) from batch) || ' ' || (select count(distinct batch) from item) || ' ' ||
                               (select count(*) from lane) || ' ' || (select count(distinct id >> 24) from task)
                        """)).containsExactly("%1$d %1$d %1$d %1$d".formatted(count));
    }
}
