package dev.rollcall.local.batch;

import dev.rollcall.local.client.BatchStatus;
import dev.rollcall.local.client.BatchStatus.Receipt;
import dev.rollcall.local.terminal.Words;
import java.util.List;
import java.util.Locale;

/// What a cancellation has done, in words.
final class ReceiptLines {

    private static final String FORM = "  %,8d  %s";

    private ReceiptLines() {}

    static List<String> of(BatchStatus batch) {
        Receipt receipt = batch.receipt();
        if (receipt == null) {
            return List.of("Batch %s is %s.".formatted(batch.batchId(), batch.status()));
        }
        return List.of(
                "Batch %s is %s. Of its %s"
                        .formatted(
                                batch.batchId(),
                                batch.status(),
                                Words.counted(batch.counts().all(), "task", "tasks")),
                line(receipt.finishedBefore(), "had finished before; their results stay"),
                line(receipt.neverStarted(), "were never started and cost nothing"),
                line(receipt.abortedInCall(), "were aborted in the middle of a call"),
                line(receipt.stillRunning(), "are still running and are being aborted"));
    }

    private static String line(long count, String what) {
        return String.format(Locale.ROOT, FORM, count, what);
    }
}
