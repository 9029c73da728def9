package dev.rollcall.trigger.http;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.Caller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read as entities fails on purpose, with any SQLSTATE.
@QuarkusTest
@QuarkusTestResource(value = Backends.class, initArgs = @ResourceArg(name = "role", value = "rollcall_trigger"))
class EntitiesAwayTest {
    private final LedgerFixture ledger = new LedgerFixture(Backends.adminDataSource());
    private final Jdbi owner = Ledger.over(Backends.adminDataSource());

    @BeforeEach
    void begin() {
        ledger.clean();
        ledger.organization("acme");
    }

    @AfterEach
    void mend() {
        owner.useHandle(handle -> {
            handle.execute("alter policy services on organization using (true)");
            handle.execute("drop function broken()");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "53300", "57P01"})
    void whatMayPassIs503(String state) {
        fail(state);
        Caller.get("/api/organizations").then().statusCode(503).header("Retry-After", "5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"22012", "42P01", "XX000"})
    void whatIsADefectIs500(String state) {
        fail(state);
        Caller.get("/api/organizations").then().statusCode(500);
    }

    private void fail(String state) {
        owner.useHandle(handle -> {
            handle.execute("""
                    create or replace function broken() returns boolean language plpgsql as
                    $$ begin raise exception 'broken' using errcode = '%s'; end $$
                    """.formatted(state));
            handle.execute("alter policy services on organization using (broken())");
        });
    }
}
