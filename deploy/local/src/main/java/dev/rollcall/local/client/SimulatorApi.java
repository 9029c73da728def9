package dev.rollcall.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The provider simulator's own interface.
public record SimulatorApi(Api api) {

    /// One call that is over, as the simulator saw it.
    ///
    /// @param outcome `answered`, `failed`, `throttled`, `gone`, ...
    /// @param nonce what it put into the answer; null if it gave none
    /// @param received when it came
    /// @param done when it was over
    public record Call(
            long task,
            int attempt,
            String provider,
            String outcome,
            @Nullable String nonce,
            Instant received,
            Instant done) {

        /// Whether an answer went out, in whole or in part: then the provider would ask for its money.
        public boolean isPaid() {
            return outcome.equals("answered") || outcome.equals("gone");
        }
    }

    public static SimulatorApi at(URI address) {
        return new SimulatorApi(new Api(address, ""));
    }

    /// From the next call on, every answer takes so long.
    ///
    /// @param latency in milliseconds: `0`, `150..350`, `lognormal:800:0.5`
    public void answerAfter(String latency) {
        byte[] mode =
                Api.JSON.createObjectNode().put("latency", latency).toString().getBytes(UTF_8);
        api.put("/control", "application/json", mode, JsonNode.class);
    }

    /// All calls that are over.
    public List<Call> calls() {
        var calls = new ArrayList<Call>();
        for (String line : api.text("/control/calls").lines().toList()) {
            try {
                calls.add(Api.JSON.readValue(line, Call.class));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the simulator's call log has a line that is no call: " + line, e);
            }
        }
        return calls;
    }
}
