package dev.rollcall.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.NotAuthorizedException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CronSecretTest {
    @Test
    void aServiceWithoutASecretDoesNotStart() {
        assertThatIllegalStateException().isThrownBy(() -> new CronSecret(Optional.empty()));
        assertThatIllegalStateException()
                .isThrownBy(() -> new CronSecret(Optional.of("  ")))
                .withMessageContaining("ROLLCALL_CRON_SECRET");
    }

    @Test
    void onlyTheSecretOpens() {
        CronSecret secret = new CronSecret(Optional.of("open sesame"));
        assertThatCode(() -> secret.require("open sesame")).doesNotThrowAnyException();
        for (String wrong : new String[] {null, "", "open", "open sesame ", "Open sesame"}) {
            assertThatThrownBy(() -> secret.require(wrong)).isInstanceOf(NotAuthorizedException.class);
        }
    }
}
