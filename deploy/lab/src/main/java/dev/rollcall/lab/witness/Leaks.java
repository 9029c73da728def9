package dev.rollcall.lab.witness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rollcall.lab.Laboratory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Looks for secrets in everything that is printed, sent or kept in words.
final class Leaks {

    private final Laboratory lab;

    Leaks(Laboratory lab) {
        this.lab = lab;
    }

    /// @param seen in answers that were read already
    List<Leak> find(LedgerView ledger, List<Leak> seen) {
        var secrets = new Secrets(lab.secrets());
        var leaks = new ArrayList<Leak>(seen);
        secrets.in(String.join("\n", ledger.details()), "the ledger's error details")
                .forEach(leaks::add);
        secrets.in(answers(), "an answer").forEach(leaks::add);
        for (Path file : files()) {
            try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
                lines.flatMap(line -> secrets.in(line, file.getFileName().toString()))
                        .forEach(leaks::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return leaks.stream().distinct().toList();
    }

    private String answers() {
        var all = new StringBuilder();
        lab.witness().journal().since(Instant.EPOCH).forEach(entry -> all.append(entry.answer())
                .append('\n'));
        return all.toString();
    }

    private List<Path> files() {
        try (Stream<Path> logs = Files.list(lab.folder().resolve("logs"))) {
            return Stream.concat(
                            logs,
                            Stream.of(lab.witness().tap().file(), lab.folder().resolve("postgres/postgres.log")))
                    .filter(Files::exists)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
