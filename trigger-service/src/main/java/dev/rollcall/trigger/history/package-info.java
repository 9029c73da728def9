/// What the scheduler did, and what came of it.
@NullMarked
package dev.rollcall.trigger.history;

import org.jspecify.annotations.NullMarked;
