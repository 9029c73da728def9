package dev.rollcall.simulator.behaviour;

import java.util.SplittableRandom;

/// Chance that can be repeated: the same seed, provider, task and attempt always throw the same numbers, in the same
/// order.
final class Dice {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    Dice(long seed, String provider, long task, int attempt) {
        var hash = mix(seed);
        for (var i = 0; i < provider.length(); i++) {
            hash = mix(hash ^ provider.charAt(i));
        }
        hash = mix(hash ^ task);
        hash = mix(hash ^ attempt);
        this.random = new SplittableRandom(hash);
    }

    /// A number from 0 (included) to 1 (excluded).
    double share() {
        return random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long min, long max) {
        return random.nextLong(min, max + 1);
    }

    double gaussian() {
        return random.nextGaussian();
    }

    /// The finalizer of SplitMix64: neighbouring tasks and attempts must not get neighbouring luck.
    private static long mix(long value) {
        var z = value + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
