/// The faults: what is under way, what strikes it, and when it is healed.
@NullMarked
package dev.rollcall.lab.fault;

import org.jspecify.annotations.NullMarked;
