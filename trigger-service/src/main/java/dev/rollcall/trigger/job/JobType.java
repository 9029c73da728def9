package dev.rollcall.trigger.job;

import org.jdbi.v3.core.Handle;

/// A kind of job that callers may submit. A new one is a bean of its own; workers need a handler for it.
interface JobType {
    /// As in requests.
    String name();

    /// Checks a payload.
    ///
    /// @param ledger to look up what the payload names
    /// @param organization whose job it would be
    /// @return the queue the job waits in
    /// @throws jakarta.ws.rs.WebApplicationException (4xx) saying what is wrong
    String queue(Fields payload, Handle ledger, String organization);
}
