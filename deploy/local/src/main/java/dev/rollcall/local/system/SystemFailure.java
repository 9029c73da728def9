package dev.rollcall.local.system;

/// The system could not be started or kept running. The message says what to do and is all a person needs.
public final class SystemFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SystemFailure(String message) {
        super(message);
    }

    public SystemFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
