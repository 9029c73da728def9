package dev.rollcall.servers;

/// A server that could not be started, or a folder it can't use. The message says what to do.
public class ServerFailure extends RuntimeException {

    public ServerFailure(String message) {
        super(message);
    }

    public ServerFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
