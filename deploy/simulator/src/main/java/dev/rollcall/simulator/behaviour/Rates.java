package dev.rollcall.simulator.behaviour;

/// The shares of calls, each between 0 and 1, that end otherwise than with a good answer. One throw of the dice
/// decides among them, so a rate is met as it is written whatever the others are; together they can't exceed 1.
public record Rates(double error, double throttle, double hang, double garbage, double cut, double drip) {

    /// Every call is answered.
    public static final Rates NONE = new Rates(0, 0, 0, 0, 0, 0);

    public Rates {
        requireShare("errorRate", error);
        requireShare("throttleRate", throttle);
        requireShare("hangRate", hang);
        requireShare("garbageRate", garbage);
        requireShare("cutRate", cut);
        requireShare("dripRate", drip);
        var sum = error + throttle + hang + garbage + cut + drip;
        // ten rates of 0.1 add up to a little more than 1
        if (sum > 1.000_000_1) {
            throw new IllegalArgumentException("all rates together are at most 1, not " + sum);
        }
    }

    private static void requireShare(String name, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("%s is a share between 0 and 1, not %s".formatted(name, rate));
        }
    }
}
