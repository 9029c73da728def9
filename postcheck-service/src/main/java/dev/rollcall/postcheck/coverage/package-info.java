/// What healthy means: pure decisions about numbers, no I/O.
@NullMarked
package dev.rollcall.postcheck.coverage;

import org.jspecify.annotations.NullMarked;
