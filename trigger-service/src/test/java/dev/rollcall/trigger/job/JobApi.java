package dev.rollcall.trigger.job;

import static io.restassured.RestAssured.given;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.access.TestKeys;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The API of jobs as the organization `acme` sees it, in a ledger where nothing else is.
record JobApi(LedgerFixture ledger, Jdbi owner, String key) {
    static final String SLEEP = """
            {"type": "sleep", "payload": {"millis": 5}}""";

    /// Nobody works: the handlers' queues are paused, so the dispatcher leaves the jobs where they are.
    static JobApi begin() {
        LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource()).clean();
        Jdbi owner = Ledger.over(Backends.adminDataSource());
        owner.useHandle(handle -> handle.execute(
                "insert into queue_setting (queue, paused_at) select type, clock_timestamp() from handler"));
        ledger.organization("acme");
        ledger.organization("bird");
        return new JobApi(ledger, owner, TestKeys.of("acme", "read", "write", "operate"));
    }

    JobApi withSecret() {
        execute("insert into signing_secret (organization, secret) values ('acme', 'whsec_c2VjcmV0')");
        return this;
    }

    /// As somebody else.
    JobApi as(String other) {
        return new JobApi(ledger, owner, other);
    }

    RequestSpecification caller() {
        return given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON);
    }

    ValidatableResponse post(String path, String body) {
        return caller().body(body).post("/api/jobs" + path).then();
    }

    ValidatableResponse get(String path) {
        return caller().get("/api/jobs" + path).then();
    }

    /// @return the new job's id
    long submit(String body) {
        return Long.parseLong(post("", body).statusCode(201).extract().path("jobId"));
    }

    ValidatableResponse job(long job) {
        return get("/" + job).statusCode(200);
    }

    void execute(String sql) {
        owner.useHandle(handle -> handle.execute(sql));
    }

    int count(String what) {
        return owner.withHandle(handle -> handle.createQuery("select count(*) from " + what)
                .mapTo(Integer.class)
                .one());
    }

    List<Long> numbers(String sql) {
        return owner.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).list());
    }
}
