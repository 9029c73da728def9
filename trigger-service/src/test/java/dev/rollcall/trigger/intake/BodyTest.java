package dev.rollcall.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static final IntakeConfig LIMITS = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(IntakeConfig.class)
            .withDefaultValue("rollcall.batch.within", "PT0.02S")
            .build()
            .getConfigMapping(IntakeConfig.class);

    @Test
    void aSenderThatTakesTooLongIsToldTheLimit() {
        Body body = new Body(new Dripping(), Long.MAX_VALUE, "", LIMITS);
        assertThatExceptionOfType(HttpProblem.class)
                .isThrownBy(body::readAllBytes)
                .satisfies(problem -> assertThat(problem.getStatusCode()).isEqualTo(408))
                .satisfies(problem -> assertThat(problem.getDetail()).contains("rollcall.batch.within, PT0.02S"));
    }

    @Test
    void whatIsReadSlowlyByUsIsNotTheSendersFault() {
        Body body = new Body(new ByteArrayInputStream(new byte[100]), Long.MAX_VALUE, "", LIMITS);
        for (int i = 0; i < 100; i++) {
            LockSupport.parkNanos(1_000_000);
            assertThat(body.read()).isZero();
        }
    }

    /// A byte every millisecond, for ever.
    private static final class Dripping extends InputStream {
        @Override
        public int read() {
            LockSupport.parkNanos(1_000_000);
            return 'a';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            target[offset] = (byte) read();
            return 1;
        }
    }
}
