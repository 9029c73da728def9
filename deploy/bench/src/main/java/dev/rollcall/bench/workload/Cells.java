package dev.rollcall.bench.workload;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of a table; null is a dash.
final class Cells {

    private Cells() {}

    static List<@Nullable Object> of(@Nullable Object... cells) {
        return Collections.unmodifiableList(Arrays.asList(cells));
    }
}
