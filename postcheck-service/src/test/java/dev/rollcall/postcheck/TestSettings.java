package dev.rollcall.postcheck;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/// A free port, a known secret, no schedule of its own.
public class TestSettings implements QuarkusTestProfile {
    public static final String SECRET = "only the scheduler knows";

    @Override
    public Map<String, String> getConfigOverrides() {
        return new HashMap<>(Map.of(
                "quarkus.http.test-port", "0",
                "rollcall.cron-secret", SECRET,
                "quarkus.scheduler.enabled", "false",
                "rollcall.postcheck.listed", "20",
                "rollcall.postcheck.repair-wait", "10s",
                "rollcall.postcheck.broker-wait", "20s"));
    }
}
