package dev.rollcall.lab.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Claim;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Journal.Verdict;
import dev.rollcall.lab.witness.Task;
import dev.rollcall.lab.witness.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// I16. An attempt that ends, and is to be followed by another one, says when: a backoff, what the provider asked for,
/// a breaker's rest. Nothing shortens that but people: who takes a cancel back or has a task tried again makes it due
/// anew, and who has jobs processed waits for nothing. So what becomes of the row, or is hinted, is not asked here.
///
/// A claim's time is the history's, a little later than the moment at which the claim looked at the same clock: nobody
/// is accused wrongly.
final class ClaimedWhenDue implements Invariant {

    private static final Set<String> OVER = Set.of("failed", "cancelled");

    /// A wait, and when the attempt was claimed that had to wait.
    private record Turn(Wait awaited, Instant claimed) {}

    @Override
    public String id() {
        return "I16";
    }

    @Override
    public String sentence() {
        return "no attempt is claimed before it is due";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return turns(evidence)
                .anyMatch(turn -> turn.awaited().until().isAfter(turn.awaited().at()));
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Map<Claim, List<Wait>> hurries = hurries(evidence);
        // the attempt stays what it was, so this was after its wait had begun and before the next claim
        Set<Claim> anew = evidence.changes().stream()
                .filter(change -> OVER.contains(change.from()) && change.to().equals("pending"))
                .map(change -> new Claim(change.task(), change.attempt()))
                .collect(toSet());
        return turns(evidence)
                .filter(turn -> !anew.contains(turn.awaited().ended()))
                .flatMap(turn ->
                        objection(turn, hurries.getOrDefault(turn.awaited().ended(), List.of())));
    }

    private static Stream<String> objection(Turn turn, List<Wait> hurries) {
        Instant due = hurries.stream()
                .filter(hurry -> hurry.at().isBefore(turn.claimed()))
                .reduce(turn.awaited(), (first, later) -> later)
                .until();
        return turn.claimed().isBefore(due)
                ? Stream.of("%s was claimed at %s, %d ms before it was due"
                        .formatted(
                                turn.awaited().next(),
                                turn.claimed(),
                                Duration.between(turn.claimed(), due).toMillis()))
                : Stream.empty();
    }

    private static Stream<Turn> turns(Evidence evidence) {
        List<Wait> waits =
                evidence.waits().stream().filter(wait -> !wait.moved()).toList();
        Set<Claim> awaited = waits.stream().map(Wait::next).collect(toSet());
        Map<Claim, Instant> claimed = evidence.changes().stream()
                .filter(change -> change.to().equals("running"))
                .filter(change -> awaited.contains(new Claim(change.task(), change.attempt())))
                .collect(toMap(change -> new Claim(change.task(), change.attempt()), Change::at, (one, two) -> one));
        return waits.stream().flatMap(wait -> Optional.ofNullable(claimed.get(wait.next())).stream()
                .map(at -> new Turn(wait, at)));
    }

    /// What was made due because somebody had jobs processed.
    private static Map<Claim, List<Wait>> hurries(Evidence evidence) {
        Map<Long, String> organizations = evidence.tasks().stream().collect(toMap(Task::id, Task::organization));
        return evidence.waits().stream()
                .filter(Wait::moved)
                .filter(wait -> wasAskedFor(wait, organizations.getOrDefault(wait.task(), ""), evidence))
                .collect(groupingBy(Wait::ended));
    }

    private static boolean wasAskedFor(Wait hurry, String organization, Evidence evidence) {
        return evidence.journal().stream()
                .anyMatch(entry -> entry.what().equals("job.process")
                        && entry.verdict() != Verdict.FAIL
                        && entry.subject().equals(organization)
                        && !entry.asked().isAfter(hurry.at()));
    }
}
