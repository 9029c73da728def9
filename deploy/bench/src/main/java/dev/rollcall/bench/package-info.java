/// The benchmark: Rollcall and its peers on one machine, in one run.
@NullMarked
package dev.rollcall.bench;

import org.jspecify.annotations.NullMarked;
