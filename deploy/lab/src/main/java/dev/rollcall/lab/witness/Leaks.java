package dev.rollcall.lab.witness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rollcall.lab.Laboratory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Looks for secrets in everything that is printed, sent or kept in words.
final class Leaks {

    private final Laboratory lab;

    Leaks(Laboratory lab) {
        this.lab = lab;
    }

    List<Leak> find(LedgerView ledger) {
        var texts = new HashMap<String, String>();
        texts.put("the ledger's error details", String.join("\n", ledger.details()));
        texts.put("an answer", answers());
        var leaks = new ArrayList<Leak>();
        Map<String, String> secrets = lab.secrets();
        texts.forEach((place, text) -> search(text, place, secrets, leaks));
        for (Path file : files()) {
            try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
                lines.forEach(line -> search(line, file.getFileName().toString(), secrets, leaks));
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

    private static void search(String text, String place, Map<String, String> secrets, List<Leak> leaks) {
        secrets.forEach((what, secret) -> {
            if (text.contains(secret)) {
                leaks.add(new Leak(what, place));
            }
        });
    }
}
