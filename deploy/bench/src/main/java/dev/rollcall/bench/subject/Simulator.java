package dev.rollcall.bench.subject;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.local.client.Api;
import dev.rollcall.local.client.SimulatorApi;
import dev.rollcall.local.system.LocalSystem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// The provider simulator of a system that has one.
public record Simulator(URI address) {

    public static Simulator of(LocalSystem system) {
        return new Simulator(system.address("simulator"));
    }

    /// Where a provider with this name is called.
    public String url(String provider) {
        return "%s/%s/v1".formatted(address, provider);
    }

    /// How one provider answers from now on.
    ///
    /// @param mode in the simulator's JSON
    public void behave(String provider, String mode) {
        new Api(address, "")
                .put("/control/" + provider, "application/json", mode.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    /// The calls since then.
    public List<SimulatorApi.Call> calls(Instant since) {
        return SimulatorApi.at(address).calls().stream()
                .filter(call -> call.received().isAfter(since))
                .toList();
    }
}
