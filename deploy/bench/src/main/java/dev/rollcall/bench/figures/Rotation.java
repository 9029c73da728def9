package dev.rollcall.bench.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Whose turn it is. Two contestants alternate A B, A B; of more, another one begins each round, so that nobody always
/// follows the same one.
public final class Rotation {

    private Rotation() {}

    /// @param round 0, 1, 2, ...
    public static <T> List<T> of(List<T> contestants, int round) {
        var order = new ArrayList<>(contestants);
        if (order.size() > 2) {
            Collections.rotate(order, -round);
        }
        return order;
    }
}
