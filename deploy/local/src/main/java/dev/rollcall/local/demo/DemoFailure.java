package dev.rollcall.local.demo;

/// Something the demo promised did not hold. The message says what.
public final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    DemoFailure(String message) {
        super(message);
    }
}
