package dev.rollcall.lab.check;

import dev.rollcall.lab.witness.Ending;
import dev.rollcall.lab.witness.Evidence;
import dev.rollcall.lab.witness.Sight;
import dev.rollcall.lab.witness.Task;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// I10. Everybody looks when all services are ready again, so what is one's own must be shown: who can't look at it
/// sees nothing of others either, and that would prove nothing.
final class TenantsApart implements Invariant {

    private static final int OK = 200;
    private static final int NOT_THERE = 404;

    @Override
    public String id() {
        return "I10";
    }

    @Override
    public String sentence() {
        return "one organization never sees, gets or pays for another's work";
    }

    @Override
    public boolean concerns(Evidence evidence) {
        return !evidence.sights().isEmpty();
    }

    @Override
    public Stream<String> objections(Evidence evidence) {
        Map<Long, String> owners = evidence.tasks().stream().collect(Collectors.toMap(Task::id, Task::organization));
        Stream<String> sees = evidence.sights().stream()
                .filter(sight -> !sight.foreign().isEmpty() || sight.status() != (sight.own() ? OK : NOT_THERE))
                .map(TenantsApart::words);
        Stream<String> gets = evidence.endings().stream()
                .filter(ending -> isForeign(ending, owners))
                .map(ending -> "%s of %s was answered with %s"
                        .formatted(ending.claim(), owners.get(ending.claim().task()), ending.canary()));
        return Stream.concat(sees, gets);
    }

    private static String words(Sight sight) {
        return "%s asked for %s and got %d with %s"
                .formatted(sight.organization(), sight.path(), sight.status(), sight.foreign());
    }

    private static boolean isForeign(Ending ending, Map<Long, String> owners) {
        String owner = owners.get(ending.claim().task());
        String canary = ending.canary();
        return owner != null && canary != null && !canary.startsWith("canary-" + owner + "-");
    }
}
