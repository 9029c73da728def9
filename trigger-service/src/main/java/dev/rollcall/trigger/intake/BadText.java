package dev.rollcall.trigger.intake;

/// A cell that PostgreSQL cannot keep.
final class BadText extends Exception {
    private static final long serialVersionUID = 1;
    private final int column;

    BadText(int column, String message) {
        super(message, null, false, false); // whoever sends it wants no stack trace
        this.column = column;
    }

    int column() {
        return column;
    }
}
