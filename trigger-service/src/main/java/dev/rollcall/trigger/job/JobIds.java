package dev.rollcall.trigger.job;

import dev.rollcall.ledger.TaskId;
import jakarta.ws.rs.NotFoundException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What a caller may name a job by: its task's number.
final class JobIds {
    private JobIds() {}

    static Optional<JobRow> find(Handle reading, String id) {
        if (!id.matches("[0-9]{1,16}") || Long.parseLong(id) >= 1L << 53) {
            return Optional.empty();
        }
        return JobRows.find(reading, new TaskId(Long.parseLong(id)));
    }

    static NotFoundException unknown(String id) {
        return new NotFoundException("no job \"%s\"".formatted(id));
    }
}
