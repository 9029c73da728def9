package dev.rollcall.bench.peer;

/// A peer can't be measured here. The message says why.
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    public Unavailable(String why) {
        super(why);
    }
}
