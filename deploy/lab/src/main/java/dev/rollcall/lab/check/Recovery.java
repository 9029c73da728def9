package dev.rollcall.lab.check;

import dev.rollcall.lab.nemesis.Strike;
import dev.rollcall.lab.nemesis.Strike.Kind;
import dev.rollcall.lab.witness.Change;
import dev.rollcall.lab.witness.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How long it took until the harm was made good: from a strike at a worker to the moment when the last of the tasks it
/// had in hand moved on, and from the end of any other strike to the next move of any task.
public final class Recovery {

    private static final Set<Kind> LASTING = Set.of(Kind.CUT);

    private final Evidence evidence;
    private final Map<Long, String> names;

    private Recovery(Evidence evidence) {
        this.evidence = evidence;
        this.names = evidence.names();
    }

    /// Empty where nothing struck, or nothing had to move afterwards.
    public static Optional<Duration> of(Evidence evidence) {
        var recovery = new Recovery(evidence);
        return evidence.strikes().stream()
                .flatMap(strike -> Stream.concat(recovery.ofTasks(strike), recovery.ofAll(strike)))
                .max(Comparator.naturalOrder());
    }

    private Stream<Duration> ofAll(Strike strike) {
        if (!LASTING.contains(strike.kind())) {
            return Stream.empty();
        }
        return evidence.changes().stream()
                .map(Change::at)
                .filter(at -> at.isAfter(strike.until()))
                .min(Comparator.naturalOrder())
                .map(at -> Duration.between(strike.until(), at))
                .stream();
    }

    private Stream<Duration> ofTasks(Strike strike) {
        var inHand = new HashMap<Long, Change>();
        for (Change change : evidence.changes()) {
            if (change.at().isBefore(strike.from())) {
                inHand.put(change.task(), change);
            }
        }
        Set<Long> struck = inHand.values().stream()
                .filter(change -> change.to().equals("running") && strike.hits(owner(change)))
                .map(Change::task)
                .collect(Collectors.toSet());
        Map<Long, Instant> moved = evidence.changes().stream()
                .filter(change -> struck.contains(change.task()) && change.at().isAfter(strike.from()))
                .filter(change -> !change.to().equals("pending"))
                .collect(Collectors.toMap(Change::task, Change::at, (first, later) -> first));
        return moved.values().stream().map(at -> Duration.between(strike.from(), at));
    }

    private String owner(Change change) {
        Long worker = change.worker();
        return worker == null ? "" : names.getOrDefault(worker, "");
    }
}
