package dev.rollcall.bench.subject;

import java.sql.SQLException;

/// A statement of the benchmark's own failed.
public final class LedgerFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LedgerFailure(String what, SQLException cause) {
        super("%s: %s".formatted(what, cause.getMessage()), cause);
    }
}
