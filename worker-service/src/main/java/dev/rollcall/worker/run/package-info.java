/// The worker at work: claims, calls, heartbeat and drain.
@NullMarked
package dev.rollcall.worker.run;

import org.jspecify.annotations.NullMarked;
