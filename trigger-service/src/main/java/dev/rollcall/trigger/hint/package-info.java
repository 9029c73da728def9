/// Tells the workers what may be run.
@NullMarked
package dev.rollcall.trigger.hint;

import org.jspecify.annotations.NullMarked;
