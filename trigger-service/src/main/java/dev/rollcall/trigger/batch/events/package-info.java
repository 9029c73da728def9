/// A batch's progress as server-sent events.
@NullMarked
package dev.rollcall.trigger.batch.events;

import org.jspecify.annotations.NullMarked;
