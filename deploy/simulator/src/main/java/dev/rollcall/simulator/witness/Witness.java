package dev.rollcall.simulator.witness;

/// Everything that is remembered of calls, and whether the simulator is about to stop, as a call that ends then ends
/// for that reason.
public final class Witness {

    private final CallLog log;
    private final Counters counters = new Counters();
    private volatile boolean stopping;

    public Witness(CallLog log) {
        this.log = log;
    }

    public CallLog log() {
        return log;
    }

    public Counters counters() {
        return counters;
    }

    public boolean stopping() {
        return stopping;
    }

    public void stop() {
        stopping = true;
    }

    public void begin(String provider) {
        counters.of(provider).begin();
    }

    /// The line comes before the count: whoever sees a call counted as ended finds it in the log.
    public void end(CallLine line) {
        log.add(line);
        counters.of(line.provider()).end(line.outcome());
    }
}
