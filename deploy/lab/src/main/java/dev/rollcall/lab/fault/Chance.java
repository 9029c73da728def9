package dev.rollcall.lab.fault;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// What [Collections#shuffle] does not do with every generator.
final class Chance {

    private Chance() {}

    static <T> void shuffle(List<T> things, RandomGenerator random) {
        for (int n = things.size() - 1; n > 0; n--) {
            Collections.swap(things, n, random.nextInt(n + 1));
        }
    }
}
