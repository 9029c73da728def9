/// What the simulator remembers of its calls: one line each in the log, and the counters by provider.
@NullMarked
package dev.rollcall.simulator.witness;

import org.jspecify.annotations.NullMarked;
