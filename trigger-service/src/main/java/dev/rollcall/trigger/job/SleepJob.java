package dev.rollcall.trigger.job;

import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/// Does nothing for a while, and fails if told to: for trying things out.
@Singleton
class SleepJob implements JobType {
    private static final int HOUR = 3_600_000;
    private static final int MOST_BYTES = 1_000_000;

    @Override
    public String name() {
        return "sleep";
    }

    @Override
    public String queue(Fields payload, Handle ledger, String organization) {
        payload.only("millis", "fail", "bytes");
        if (payload.integer("millis", 0, HOUR) == null) {
            throw payload.bad("millis", "a whole number from 0 to " + HOUR);
        }
        Integer unusedBytes = payload.integer("bytes", 1, MOST_BYTES);
        boolean unused = payload.flag("fail");
        return name();
    }
}
