package dev.rollcall.lab.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.witness.Batch;
import dev.rollcall.lab.witness.Coverage;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Evidence.Limit;
import dev.rollcall.lab.witness.Footprint;
import dev.rollcall.lab.witness.Incarnation;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.lab.witness.Leak;
import dev.rollcall.lab.witness.Run;
import dev.rollcall.lab.witness.Sight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was seen of each trial and stands in no file yet, written down beside the services' logs: `results.jsonl` with
/// a line a trial, and by fault `C1-evidence.json` and `C1-journal.jsonl`; when it happens again, `C1-2-...`.
public final class Archive {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    /// What was seen of one trial.
    ///
    /// @param notes what the nemesis said it did, and when
    /// @param evidence null if the fault could not be brought about
    public record Seen(
            long seed,
            List<String> notes,
            List<Strike> strikes,
            List<Entry> journal,
            @Nullable Evidence evidence) {}

    /// What is kept of it besides the journal: tasks, their history and calls are in the ledger and in `calls.jsonl`.
    private record Kept(
            Result result,
            long seed,
            List<String> notes,
            List<Strike> strikes,
            @Nullable Looks looks) {}

    private record Looks(
            @Nullable Instant healed,
            Instant gathered,
            List<Limit> limits,
            List<Incarnation> incarnations,
            List<Run> runs,
            List<Batch> batches,
            List<Sight> sights,
            List<Coverage> coverages,
            List<Leak> leaks,
            List<Footprint> before,
            List<Footprint> after) {

        static Looks at(Evidence evidence) {
            return new Looks(
                    evidence.healed(),
                    evidence.gathered(),
                    evidence.limits(),
                    evidence.incarnations(),
                    evidence.runs(),
                    evidence.batches(),
                    evidence.sights(),
                    evidence.coverages(),
                    evidence.leaks(),
                    evidence.before(),
                    evidence.after());
        }
    }

    private final Path folder;

    public Archive(Path folder) {
        this.folder = folder;
    }

    /// Writes one trial down.
    public void keep(Result result, Seen seen) {
        Evidence evidence = seen.evidence();
        var looks = evidence == null ? null : Looks.at(evidence);
        try {
            String name = free(result.fault().name());
            Files.writeString(
                    folder.resolve(name + "-evidence.json"),
                    JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(new Kept(result, seen.seed(), seen.notes(), seen.strikes(), looks)));
            Files.writeString(folder.resolve(name + "-journal.jsonl"), lines(seen.journal()));
            Files.writeString(
                    folder.resolve("results.jsonl"),
                    lines(List.of(result)),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("what was seen can't be kept", e);
        }
    }

    private String free(String fault) {
        return Stream.iterate(1, n -> n + 1)
                .map(n -> n == 1 ? fault : fault + "-" + n)
                .filter(name -> Files.notExists(folder.resolve(name + "-evidence.json")))
                .findFirst()
                .orElseThrow();
    }

    private static String lines(List<?> things) throws IOException {
        var lines = Stream.<String>builder();
        for (Object thing : things) {
            lines.add(JSON.writeValueAsString(thing) + "\n");
        }
        return lines.build().collect(Collectors.joining());
    }
}
