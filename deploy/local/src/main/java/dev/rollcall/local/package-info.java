/// The command line: everything needed to run Rollcall on one machine.
@NullMarked
package dev.rollcall.local;

import org.jspecify.annotations.NullMarked;
