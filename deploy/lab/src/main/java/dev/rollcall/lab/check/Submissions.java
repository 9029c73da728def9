package dev.rollcall.lab.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.rollcall.lab.witness.Batch;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Journal.Entry;
import dev.rollcall.lab.witness.Journal.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Which batches of rows there may be, by what was asked for. The ledger does not tell a batch's key, so a second one
/// under a key whose answer was lost is found by counting: each organization may have the batches it was told of, and
/// one for each submission or key of which nobody knows what became.
final class Submissions {

    private final List<Entry> all;

    Submissions(Evidence evidence) {
        all = evidence.journal().stream()
                .filter(entry -> entry.what().equals("batch.submit"))
                .toList();
    }

    boolean hasKeys() {
        return all.stream().anyMatch(Submissions::hasKey);
    }

    /// Keys that were answered with several batches.
    Stream<String> severalUnderOneKey() {
        return answered()
                .filter(Submissions::hasKey)
                .collect(groupingBy(Entry::subject, mapping(entry -> entry.word(0), toSet())))
                .entrySet()
                .stream()
                .filter(ids -> ids.getValue().size() > 1)
                .map(ids -> "the key %s was taken for the batches %s".formatted(ids.getKey(), ids.getValue()));
    }

    /// Batches in the ledger that no submission accounts for.
    Stream<String> unaccounted(List<Batch> ledger) {
        Set<String> told = answered().map(entry -> entry.word(0)).collect(toSet());
        Map<String, Long> untold = ledger.stream()
                .filter(batch -> batch.kind().equals("rows") && !told.contains(Long.toString(batch.id())))
                .collect(groupingBy(Batch::organization, counting()));
        Map<String, Long> uncertain = uncertain();
        return untold.entrySet().stream()
                .filter(batches -> batches.getValue() > uncertain.getOrDefault(batches.getKey(), 0L))
                .map(batches -> "%s has %d batches that nobody was told of, and %d submissions without an answer"
                        .formatted(batches.getKey(), batches.getValue(), uncertain.getOrDefault(batches.getKey(), 0L)));
    }

    /// How many batches each organization may have without knowing: of a key that was answered once, none.
    private Map<String, Long> uncertain() {
        var seen = answered().map(Entry::subject).collect(toCollection(HashSet::new));
        return all.stream()
                .filter(entry -> entry.verdict() == Verdict.UNKNOWN)
                .filter(entry -> !hasKey(entry) || seen.add(entry.subject()))
                .collect(groupingBy(entry -> entry.subject().split("#", 2)[0], counting()));
    }

    private Stream<Entry> answered() {
        return all.stream().filter(entry -> entry.verdict() == Verdict.OK);
    }

    private static boolean hasKey(Entry entry) {
        return entry.subject().contains("#");
    }
}
