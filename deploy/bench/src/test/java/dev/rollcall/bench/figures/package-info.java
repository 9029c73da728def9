@NullMarked
package dev.rollcall.bench.figures;

import org.jspecify.annotations.NullMarked;
