package dev.rollcall.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "25006", "25P03", "25P04", "40001", "40P01", "53300", "57014", "57P03"})
    void whatPassesIsTriedAgain(String state) {
        assertThat(Ledger.isPassing(failure(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "23505", "25001", "25P02", "42501", "42P01", "XX000"})
    void whatIsADefectIsNot(String state) {
        assertThat(Ledger.isPassing(failure(state))).isFalse();
    }

    private static JdbiException failure(String state) {
        return new ConnectionException(new SQLException("said by PostgreSQL", state));
    }
}
