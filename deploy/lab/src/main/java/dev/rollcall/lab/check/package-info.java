/// The invariants. They know what was seen, and nothing of the services.
@NullMarked
package dev.rollcall.lab.check;

import org.jspecify.annotations.NullMarked;
