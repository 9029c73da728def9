package dev.rollcall.trigger.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.ledger.Storable;
import jakarta.ws.rs.BadRequestException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which jobs are meant: all that fit everything that is named.
record JobFilter(
        @Nullable JobStatus status,
        @Nullable String type,
        @Nullable Instant createdBefore) {

    /// @throws BadRequestException (400) when it names nothing, or something that is not there
    static JobFilter of(@Nullable ObjectNode json, JobTypes types) {
        if (json == null || json.isEmpty()) {
            throw new BadRequestException("filter must name at least one of status, type, createdBefore");
        }
        Fields fields = new Fields("filter", json).only("status", "type", "createdBefore");
        String status = fields.text("status");
        String type = fields.text("type");
        String createdBefore = fields.text("createdBefore");
        if (status == null && type == null && createdBefore == null) {
            throw new BadRequestException("filter must name at least one of status, type, createdBefore");
        }
        return new JobFilter(
                status == null ? null : JobStatus.of(status),
                type == null ? null : types.known(type),
                createdBefore == null ? null : instant(createdBefore));
    }

    private static Instant instant(String given) {
        Instant time;
        try {
            time = Instant.parse(given);
        } catch (DateTimeParseException e) {
            throw new BadRequestException("filter.createdBefore must be an instant such as 2026-11-21T03:00:00Z", e);
        }
        if (!Storable.isTime(time)) {
            throw new BadRequestException("filter.createdBefore must be " + Storable.YEARS);
        }
        return time;
    }

    /// The states of the jobs that are meant, as far as the action changes them.
    List<String> states(JobAction action) {
        return action.changes().stream()
                .filter(state -> status == null || status.state() == state)
                .map(state -> state.code())
                .toList();
    }
}
