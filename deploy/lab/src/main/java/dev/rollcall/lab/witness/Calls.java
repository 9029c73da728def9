package dev.rollcall.lab.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.local.client.SimulatorApi;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The simulator's own call log, read from its file piece by piece.
public final class Calls {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    private final SimulatorApi simulator;
    private long position;
    private long lines;

    public Calls(Path file, SimulatorApi simulator) {
        this.file = file;
        this.simulator = simulator;
    }

    /// What was called since the last time, once nothing is on the wire any more and all of it is written down.
    public synchronized List<SimulatorApi.Call> next() {
        var calls = new ArrayList<SimulatorApi.Call>();
        if (!Await.within(BOUND, () -> inFlight() == 0)) {
            throw new LabFailure("calls are on the wire for ever: " + control());
        }
        if (!Await.within(BOUND, () -> {
            read(calls);
            return lines >= ended();
        })) {
            throw new LabFailure("%d calls ended, but %d are written down".formatted(ended(), lines));
        }
        return calls;
    }

    /// Calls on the wire now.
    private long inFlight() {
        long all = 0;
        for (JsonNode provider : control().path("providers")) {
            all += provider.path("inFlight").asLong();
        }
        return all;
    }

    private long ended() {
        long all = 0;
        for (JsonNode provider : control().path("providers")) {
            for (JsonNode count : provider.path("outcomes")) {
                all += count.asLong();
            }
        }
        return all;
    }

    private JsonNode control() {
        return simulator.api().get("/control", JsonNode.class).body();
    }

    private void read(List<SimulatorApi.Call> calls) {
        if (!Files.exists(file)) {
            return;
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(position);
            byte[] bytes = new byte[(int) Math.min(log.length() - position, 64 << 20)];
            log.readFully(bytes);
            int whole = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    calls.add(JSON.readValue(new String(bytes, whole, i - whole, UTF_8), SimulatorApi.Call.class));
                    whole = i + 1;
                    lines++;
                }
            }
            position += whole;
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator's log can't be read", e);
        }
    }
}
