/// How many calls to each provider this worker may have on the wire.
@NullMarked
package dev.rollcall.worker.permit;

import org.jspecify.annotations.NullMarked;
