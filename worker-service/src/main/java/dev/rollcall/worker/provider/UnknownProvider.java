package dev.rollcall.worker.provider;

/// A provider that no longer stands in the table `provider`, or stands there with values that make no sense.
public final class UnknownProvider extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownProvider(String message) {
        super(message);
    }
}
