package dev.rollcall.trigger.csv;

/// A stream that is no CSV from here on.
public final class BadCsv extends Exception {
    private static final long serialVersionUID = 1;
    private final long line;

    BadCsv(long line, String message) {
        super(message, null, false, false); // whoever sends it wants no stack trace
        this.line = line;
    }

    /// As an editor counts, from 1; where the record begins when it spans several.
    public long line() {
        return line;
    }
}
