package dev.rollcall.simulator.wire;

/// A body the real provider would refuse with 400; the message says why.
public final class MalformedQuestion extends RuntimeException {

    MalformedQuestion(String message) {
        super(message);
    }
}
