/// What is computed from what was measured: medians, ratios, bounds, checksums.
@NullMarked
package dev.rollcall.bench.figures;

import org.jspecify.annotations.NullMarked;
