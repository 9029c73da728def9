package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchStatus;
import dev.rollcall.local.client.BatchStatus.Eta;
import dev.rollcall.local.client.BatchStatus.HeldBack;
import dev.rollcall.local.terminal.Bar;
import dev.rollcall.local.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A batch in words.
final class BatchLines {

    private static final int BAR = 30;
    private static final int WIDTH = 79;

    private BatchLines() {}

    /// Everything that is known of it.
    static List<String> all(BatchStatus batch, Instant now) {
        var lines = new ArrayList<String>();
        lines.add("batch         %s%s".formatted(batch.batchId(), batch.name() == null ? "" : ", " + batch.name()));
        lines.add("organization  " + batch.organization());
        lines.add("status        " + batch.status());
        lines.add("created       " + Words.when(batch.createdAt()));
        lines.add("closed        " + Words.when(batch.closedAt()));
        lines.add("providers     " + String.join(", ", batch.providersOrNone()));
        lines.add("tasks         %s of %s"
                .formatted(Words.count(batch.tasks()), Words.counted(batch.rows(), "row", "rows")));
        lines.add("settings      priority %d, %s, concurrency %s"
                .formatted(
                        batch.priority(),
                        Words.counted(batch.maxRetries(), "retry", "retries"),
                        batch.concurrency() == null ? "unbounded" : batch.concurrency()));
        lines.add("done          %s: %s".formatted(Words.percent(batch.percent()), counts(batch)));
        pace(batch, now).ifPresent(pace -> lines.add("pace          " + pace));
        heldBack(batch, now).forEach(held -> lines.add("held back     " + held));
        errors(batch).ifPresent(errors -> lines.add("failed        " + errors));
        return lines;
    }

    /// A look at it for a terminal, to be drawn anew.
    static List<String> board(BatchStatus batch, Instant now) {
        var lines = new ArrayList<String>();
        lines.add("batch %s%s: %s"
                .formatted(batch.batchId(), batch.name() == null ? "" : " (" + batch.name() + ")", batch.status()));
        lines.add("  [%s] %s".formatted(Bar.of(batch.percent(), BAR), Words.percent(batch.percent())));
        lines.add("  " + counts(batch));
        pace(batch, now).ifPresent(pace -> lines.add("  " + pace));
        heldBack(batch, now).forEach(held -> lines.add("  held back: " + held));
        errors(batch).ifPresent(errors -> lines.add("  failed: " + errors));
        return lines.stream().map(line -> Words.fit(line, WIDTH)).toList();
    }

    /// A look at it in one line.
    static String line(BatchStatus batch, Instant now) {
        return "%s %s %s: %s%s%s"
                .formatted(
                        batch.batchId(),
                        batch.status(),
                        Words.percent(batch.percent()),
                        counts(batch),
                        pace(batch, now).map(pace -> "; " + pace).orElse(""),
                        errors(batch).map(errors -> "; failed: " + errors).orElse(""));
    }

    /// What a line is for: as long as this is the same, the next line would bring no news.
    static String news(BatchStatus batch) {
        return batch.status() + batch.counts();
    }

    /// The last word on a batch that is final.
    static String verdict(BatchStatus batch) {
        if (batch.allSucceeded()) {
            return "All done: %s.".formatted(Words.counted(batch.tasks(), "task", "tasks"));
        }
        var counts = batch.counts();
        return "Not all done: %s of %s succeeded, %s failed, %s cancelled."
                .formatted(
                        Words.count(counts.succeeded()),
                        Words.counted(batch.tasks(), "task", "tasks"),
                        Words.count(counts.failed()),
                        Words.count(counts.cancelled()));
    }

    private static String counts(BatchStatus batch) {
        var counts = batch.counts();
        var words = new StringBuilder(
                "%s of %s".formatted(Words.count(counts.over()), Words.counted(batch.tasks(), "task", "tasks")));
        add(words, counts.failed(), "failed");
        add(words, counts.cancelled(), "cancelled");
        add(words, counts.running(), "running");
        return words.toString();
    }

    private static void add(StringBuilder words, long count, String what) {
        if (count > 0) {
            words.append(", ").append(Words.count(count)).append(' ').append(what);
        }
    }

    private static Optional<String> pace(BatchStatus batch, Instant now) {
        Double rate = batch.ratePerSecond();
        if (batch.isOver() || rate == null || rate <= 0) {
            return Optional.empty();
        }
        Eta eta = batch.eta();
        return Optional.of(Words.decimal(rate) + " per second" + (eta == null ? "" : ", " + ready(eta, now)));
    }

    private static String ready(Eta eta, Instant now) {
        return "ready in %s (%s to %s)"
                .formatted(left(now, eta.expected()), left(now, eta.earliest()), left(now, eta.latest()));
    }

    private static String left(Instant now, Instant then) {
        return Words.span(Duration.between(now, then));
    }

    private static List<String> heldBack(BatchStatus batch, Instant now) {
        return batch.heldBackOrNone().stream()
                .filter(held -> held.tasks() > 0)
                .map(held -> inWords(held, now))
                .toList();
    }

    private static String inWords(HeldBack held, Instant now) {
        String queue = held.queue() == null ? "" : " of " + held.queue();
        String until = held.until() == null ? "" : ", for " + left(now, held.until());
        return Words.count(held.tasks()) + " by " + held.why().replace('_', ' ') + queue + until;
    }

    private static Optional<String> errors(BatchStatus batch) {
        return batch.errorsOrNone().stream()
                .map(error -> Words.count(error.tasks()) + " " + error.reason())
                .reduce((one, other) -> one + ", " + other);
    }
}
