package dev.rollcall.trigger.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.ledger.Safeguard;
import dev.rollcall.testing.Backends;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeguardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rollcall_trigger",
                "rollcall_worker",
                "rollcall_reconciler",
                "rollcall_postcheck",
                "rollcall_api"
            })
    void theServicesOwnRolesAreFine(String role) throws SQLException {
        assertThat(faultAs("set session authorization " + role)).isNull();
    }

    @Test
    void aSuperuserIsRefused() throws SQLException {
        assertThat(faultAs("select 1")).contains("is a superuser: connect as the service's own role");
    }

    @Test
    void aRoleThatBypassesRowSecurityIsRefused() throws SQLException {
        try (Connection owner = Backends.ownerConnection();
                var statement = owner.createStatement()) {
            statement.execute("create role passes_by bypassrls");
            try {
                assertThat(faultAs("set session authorization passes_by"))
                        .contains("passes_by is allowed to bypass it");
            } finally {
                statement.execute("drop role passes_by");
            }
        }
    }

    @Test
    void commitsThatDoNotLastAreRefused() throws SQLException {
        assertThat(faultAs("set session authorization rollcall_worker; set synchronous_commit = off"))
                .contains("synchronous_commit is off for the role rollcall_worker");
    }

    /// PostgreSQL may crash in just that moment: a service that took it for a defect stopped.
    @Test
    void aConnectionThatBreaksBeforeItIsJudgedIsPostgresqlsAbsence() throws SQLException {
        Connection broken = Backends.ownerConnection();
        broken.close();
        assertThatThrownBy(() -> new Safeguard().onConnectionCreate(broken))
                .isInstanceOfSatisfying(SQLException.class, failure -> assertThat(failure.getSQLState())
                        .startsWith("08"));
    }

    private static @Nullable String faultAs(String statements) throws SQLException {
        try (Connection connection = Backends.ownerConnection();
                var statement = connection.createStatement()) {
            statement.execute(statements);
            return Safeguard.fault(connection);
        }
    }
}
