package dev.rollcall.worker.permit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PermitsTest {
    private final Permits permits = new Permits();

    @Test
    void whatIsInUseIsKept() {
        permits.grant("mistral", 8);
        permits.take("mistral", 5);
        assertThat(permits.lower("mistral", 3)).isEqualTo(5);
        assertThat(permits.take("mistral", 1)).isZero();
    }

    @Test
    void whatIsNotInUseIsGivenUpAtOnce() {
        permits.grant("mistral", 8);
        permits.take("mistral", 2);
        assertThat(permits.lower("mistral", 3)).isEqualTo(3);
        assertThat(permits.take("mistral", 8)).isOne();
    }

    @Test
    void aRiseWaitsForTheLedger() {
        permits.grant("mistral", 2);
        assertThat(permits.lower("mistral", 6)).isEqualTo(6);
        assertThat(permits.take("mistral", 6)).isEqualTo(2);
    }

    @Test
    void aSuccessorDoesNotInheritWhatADeadIncarnationUses() {
        permits.grant("mistral", 8);
        permits.take("mistral", 5);
        permits.revokeAll();
        assertThat(permits.lower("mistral", 1)).isOne();
        permits.grant("mistral", 1);
        assertThat(permits.take("mistral", 1)).isZero();
        permits.giveBack("mistral", 5);
        assertThat(permits.take("mistral", 1)).isOne();
    }
}
