/// The real jars, started as a person starts them.
@NullMarked
package dev.rollcall.e2e;

import org.jspecify.annotations.NullMarked;
