/// Queues at the command line.
@NullMarked
package dev.rollcall.local.queues;

import org.jspecify.annotations.NullMarked;
