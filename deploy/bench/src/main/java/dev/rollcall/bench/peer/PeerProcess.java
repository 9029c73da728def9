package dev.rollcall.bench.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A peer's program. It is asked in JSON, a line each, and answers in lines that begin with `@`; whatever else it
/// prints is passed over. It ends when nobody asks any more.
final class PeerProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final Path log;
    private final Writer questions;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private PeerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.questions = process.outputWriter();
        Thread.ofVirtual().start(() -> read(process.inputReader()));
    }

    static PeerProcess start(List<String> command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new PeerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("%s can't be run".formatted(command), e);
        }
    }

    long pid() {
        return process.pid();
    }

    /// Asks, and waits for the answer.
    ///
    /// @throws IllegalStateException when none comes in time, or the program has ended
    JsonNode ask(Map<String, ?> question, Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        try {
            questions.write(JSON.writeValueAsString(question) + "\n");
            questions.flush();
            while (System.nanoTime() < end) {
                String answer = answers.poll(100, TimeUnit.MILLISECONDS);
                if (answer != null) {
                    return answered(answer);
                }
                if (!process.isAlive() && answers.isEmpty()) {
                    throw new IllegalStateException("the peer ended by itself; see " + log);
                }
            }
            throw new IllegalStateException("no answer to %s within %s; see %s".formatted(question, bound, log));
        } catch (IOException e) {
            throw new IllegalStateException("the peer listens no more; see " + log, e);
        }
    }

    private JsonNode answered(String answer) throws JsonProcessingException {
        JsonNode said = JSON.readTree(answer);
        if (said.has("failure")) {
            throw new IllegalStateException(
                    "%s; see %s".formatted(said.get("failure").asText(), log));
        }
        return said;
    }

    private void read(BufferedReader output) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("@")) {
                    answers.add(line.substring(1));
                }
            }
        } catch (IOException e) {
            answers.add("{\"failure\": \"its answers can't be read\"}");
        }
    }

    @Override
    public void close() {
        try {
            questions.close();
        } catch (IOException e) {
            process.destroy(); // it has gone, or will now
        }
        try {
            if (!process.waitFor(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
