/// What people do to batches while they run: cancel, pause, resume, try again what failed.
@NullMarked
package dev.rollcall.trigger.change;

import org.jspecify.annotations.NullMarked;
