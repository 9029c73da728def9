/// The queues as people see and steer them: one per provider, and one per type of work that calls none.
@NullMarked
package dev.rollcall.trigger.queue;

import org.jspecify.annotations.NullMarked;
