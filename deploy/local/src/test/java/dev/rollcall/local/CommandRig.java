package dev.rollcall.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.local.client.ServiceDouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line as a person uses it, against a double of the trigger-service.
final class CommandRig implements AutoCloseable {

    static final String KEY = "rc_operator_for-tests";

    /// What a command has said, and how it ended.
    record Result(int status, String out, String err) {}

    private final ServiceDouble service = new ServiceDouble();
    private final Path keyFile;

    CommandRig(Path folder) throws IOException {
        this.keyFile = Files.writeString(folder.resolve("key"), KEY + "\n", UTF_8);
    }

    ServiceDouble service() {
        return service;
    }

    /// With the double's address and a key added.
    Result run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", service.address().toString(), "--key-file", keyFile.toString()));
        return plain(all.toArray(String[]::new));
    }

    static Result plain(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = Rollcall.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }

    @Override
    public void close() {
        service.close();
    }
}
