package dev.rollcall.lab.witness;

import dev.rollcall.local.client.ApiFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/// The laboratory's own HTTP calls. A timeout, a lost connection or a 5xx is `unknown`, never `fail`: it may have been
/// done.
public final class Journal {

    private static final int SERVER_ERROR = 500;

    /// How a call ended, as far as the caller can know.
    public enum Verdict {
        OK,
        FAIL,
        UNKNOWN
    }

    /// One call.
    ///
    /// @param what `run.open`, `batch.submit`, `job.cancel`, ...
    /// @param subject what it was about: an id, a key, an organization
    /// @param answer what came back, as far as it matters: of `run.open` the status, key and tasks,
    ///     of `batch.submit` the id and tasks, of what was refused the reason
    public record Entry(Instant asked, Instant answered, String what, String subject, Verdict verdict, String answer) {

        /// One word of the answer, the first is 0.
        public String word(int number) {
            return answer.split(" ", -1)[number];
        }
    }

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /// Makes the call and writes it down.
    ///
    /// @param told what of the answer is kept
    /// @return the answer, if there was a good one
    public <T> Optional<T> call(String what, String subject, Supplier<T> call, Function<T, String> told) {
        Instant asked = Instant.now();
        try {
            T answer = call.get();
            entries.add(new Entry(asked, Instant.now(), what, subject, Verdict.OK, told.apply(answer)));
            return Optional.of(answer);
        } catch (ApiFailure.Refused no) {
            var verdict = no.status() >= SERVER_ERROR ? Verdict.UNKNOWN : Verdict.FAIL;
            entries.add(new Entry(asked, Instant.now(), what, subject, verdict, no.status() + " " + no.getMessage()));
        } catch (ApiFailure.Unreachable e) {
            entries.add(
                    new Entry(asked, Instant.now(), what, subject, Verdict.UNKNOWN, String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    public List<Entry> since(Instant start) {
        return entries.stream().filter(entry -> !entry.asked().isBefore(start)).toList();
    }
}
