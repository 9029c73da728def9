@NullMarked
package dev.rollcall.bench.machine;

import org.jspecify.annotations.NullMarked;
