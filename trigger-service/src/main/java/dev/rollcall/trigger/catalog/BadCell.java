package dev.rollcall.trigger.catalog;

/// A cell that can't be what it should be. The message says what it should be and never repeats the value, which may
/// be a secret in the wrong place.
final class BadCell extends Exception {
    private static final long serialVersionUID = 1;

    BadCell(String message) {
        super(message, null, false, false); // a file may have millions: no stack traces
    }
}
