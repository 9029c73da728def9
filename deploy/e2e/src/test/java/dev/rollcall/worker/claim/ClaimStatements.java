package dev.rollcall.worker.claim;

import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;

/// A door to the worker's statement that claims.
public final class ClaimStatements {
    private ClaimStatements() {}

    /// Claims what a hint says.
    public static List<Claimed> claim(Jdbi ledger, long worker, LocalDate day, String queue, long task) {
        Offsets.Receipt receipt = new Offsets().received(new ConsumerRecord<>("tasks", 0, 0, queue, queue), 1);
        return new Claims(ledger).claim(worker, day, List.of(new Hint(day, queue, task, receipt)));
    }
}
